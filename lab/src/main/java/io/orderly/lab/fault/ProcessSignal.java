package io.orderly.lab.fault;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** A signal that suspends or resumes processes. */
public enum ProcessSignal {
    STOP("STOP"),
    CONTINUE("CONT");

    private final String name;

    ProcessSignal(String name) {
        this.name = name;
    }

    /** Sends the signal; a process that has exited is not an error. */
    public void send(long pid) {
        send(List.of(pid));
    }

    /** Sends the signal to each; processes that have exited are not an error. */
    void send(List<Long> pids) {
        String list = pids.stream().map(String::valueOf).collect(Collectors.joining(" "));
        try {
            new ProcessBuilder("sh", "-c", "kill -%s %s".formatted(name, list))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .onExit()
                    .join();
        } catch (IOException e) {
            throw new FaultInjectionException("the signal cannot be sent", e);
        }
    }
}
