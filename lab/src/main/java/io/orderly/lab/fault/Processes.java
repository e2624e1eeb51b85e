package io.orderly.lab.fault;

import io.orderly.stack.process.ManagedProcess;
import java.util.List;

/** The processes of the system, by name. */
record Processes(List<ManagedProcess> all) {

    /**
     * @param field the field of the fault that contains the name
     * @throws FaultInjectionException if there is no such process
     */
    ManagedProcess named(String field, String name) {
        return all.stream()
                .filter(process -> process.name().equals(name))
                .findAny()
                .orElseThrow(() -> new FaultInjectionException(
                        field,
                        "must be one of "
                                + all.stream().map(ManagedProcess::name).toList()));
    }
}
