package io.orderly.lab.fault;

import io.orderly.stack.Topology;
import io.orderly.stack.coordinator.CoordinatorLeader;
import io.orderly.stack.coordinator.Coordinators;
import io.orderly.stack.process.ManagedProcess;
import java.util.List;
import java.util.stream.Stream;

/** The processes of the system, by name. */
record Processes(List<ManagedProcess> all) {

    /**
     * @param field the field of the fault that contains the name
     * @throws FaultInjectionException if there is no such process
     */
    ManagedProcess named(String field, String name) {
        if (name.equals(FaultInjector.COORDINATOR_LEADER) && !coordinators().isEmpty()) {
            return leader(field);
        }
        return all.stream()
                .filter(process -> process.name().equals(name))
                .findAny()
                .orElseThrow(() -> new FaultInjectionException(field, "must be one of " + names()));
    }

    /** The names of the processes, and that of the leader if there are coordinators. */
    List<String> names() {
        return Stream.concat(
                        all.stream().map(ManagedProcess::name),
                        coordinators().stream().limit(1).map(_ -> FaultInjector.COORDINATOR_LEADER))
                .toList();
    }

    /** In the order of the members. */
    private List<ManagedProcess> coordinators() {
        return all.stream()
                .filter(process -> Coordinators.isMember(process.name()))
                .toList();
    }

    private ManagedProcess leader(String field) {
        List<ManagedProcess> members = coordinators();
        try {
            return CoordinatorLeader.find(members.stream()
                            .map(member -> Topology.url(member.plan().port()))
                            .toList())
                    .map(leader -> members.get(leader.index()))
                    .orElseThrow(() -> new FaultInjectionException(field, "is unknown: no coordinator leads"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FaultInjectionException("interrupted while looking for the leader", e);
        }
    }
}
