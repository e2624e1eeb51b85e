package io.orderly.lab.fault;

import io.orderly.lab.fault.Fault.FullDisk;
import io.orderly.lab.fault.Fault.Isolation;
import io.orderly.lab.fault.Fault.Kill;
import io.orderly.lab.fault.Fault.OfProcess;
import io.orderly.lab.fault.Fault.Outage;
import io.orderly.lab.fault.Fault.Pause;
import io.orderly.lab.fault.Fault.Restart;
import io.orderly.stack.Topology;
import io.orderly.stack.process.ManagedProcess;
import io.orderly.stack.process.ProcessFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.LongStream;

/** Injects faults into processes. */
final class ProcessFaults {

    private static final Duration START_TIMEOUT = Duration.ofMinutes(3);
    private static final Duration PAUSE_BEFORE_RETRY = Duration.ofMillis(500);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration STOP_POLL = Duration.ofMillis(5);

    private final Processes processes;
    private final LinkFaults links;
    private final Function<String, Path> dataOf;

    /** @param dataOf maps the name of a process to its data folder */
    ProcessFaults(Processes processes, LinkFaults links, Function<String, Path> dataOf) {
        this.processes = processes;
        this.links = links;
        this.dataOf = dataOf;
    }

    Injection inject(OfProcess fault) {
        ManagedProcess process = processes.named("process", fault.process());
        OptionalLong pid = process.pid();
        if (pid.isEmpty()) {
            throw new FaultInjectionException("process", process.name() + " is not running");
        }
        return switch (fault) {
            case Kill _ -> kill(process, pid.getAsLong());
            case Pause _ -> pause(process, pid.getAsLong());
            case Restart _ -> restart(process, pid.getAsLong());
            case Outage _ -> ProviderOutage.begin(process);
            case Isolation _ -> links.isolate(process.name());
            case FullDisk _ -> fillDisk(process, pid.getAsLong());
        };
    }

    /** Only that of other processes is really filled, and has to be small. */
    private Injection fillDisk(ManagedProcess process, long pid) {
        Path data = dataOf.apply(process.name());
        return MemberDisk.fill(data)
                .orElseGet(() -> process.name().equals(Topology.PROVIDER)
                        ? FileSizeLimit.set(pid, data)
                        : DiskFiller.start(data));
    }

    private static Injection kill(ManagedProcess process, long pid) {
        process.killWithChildren();
        boolean gone = ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty();
        return new Injection() {

            @Override
            public Effect effect() {
                return new Effect(gone, "pid %d %s".formatted(pid, gone ? "was killed" : "is still running"));
            }

            @Override
            public void heal() {
                bringUp(process);
            }
        };
    }

    private static Injection restart(ManagedProcess process, long pid) {
        process.restart();
        awaitReady(process);
        long now = process.pid().orElse(pid);
        return new Injection() {

            @Override
            public Effect effect() {
                return new Effect(now != pid, "pid %d became %d".formatted(pid, now));
            }

            @Override
            public void heal() {}
        };
    }

    private static Injection pause(ManagedProcess process, long pid) {
        List<Long> stopped = LongStream.concat(
                        LongStream.of(pid),
                        ProcessHandle.of(pid).stream()
                                .flatMap(ProcessHandle::descendants)
                                .mapToLong(ProcessHandle::pid))
                .boxed()
                .toList();
        ProcessSignal.STOP.send(stopped);
        boolean isSuspended = awaitStopped(pid);
        return new Injection() {

            @Override
            public Effect effect() {
                return new Effect(
                        isSuspended, "pid %d %s".formatted(pid, isSuspended ? "was suspended" : "is still running"));
            }

            @Override
            public void heal() {
                ProcessSignal.CONTINUE.send(stopped);
            }
        };
    }

    /** Starts a process, and retries until it is ready: a process that it depends on may still be starting. */
    static void bringUp(ManagedProcess process) {
        long giveUpNanos = System.nanoTime() + START_TIMEOUT.toNanos();
        while (true) {
            try {
                if (process.pid().isEmpty()) {
                    process.start();
                }
                process.awaitReady(START_TIMEOUT);
                return;
            } catch (ProcessFailure e) {
                process.kill();
                if (System.nanoTime() - giveUpNanos > 0) {
                    throw new FaultInjectionException(process.name() + " cannot be restarted: " + e.getMessage(), e);
                }
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
            try {
                Thread.sleep(PAUSE_BEFORE_RETRY);
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
    }

    private static void awaitReady(ManagedProcess process) {
        try {
            process.awaitReady(START_TIMEOUT);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static FaultInjectionException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new FaultInjectionException("interrupted while starting or stopping a process", e);
    }

    /** Signals are delivered asynchronously: a process stops when it is scheduled next. */
    private static boolean awaitStopped(long pid) {
        long giveUpNanos = System.nanoTime() + STOP_TIMEOUT.toNanos();
        try {
            while (!isStopped(pid) && System.nanoTime() - giveUpNanos < 0) {
                Thread.sleep(STOP_POLL);
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        return isStopped(pid);
    }

    /** The state is the first field after the name in parentheses; see proc(5). */
    static boolean isStopped(long pid) {
        try {
            String status = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return status.substring(status.lastIndexOf(')') + 2).startsWith("T");
        } catch (IOException e) {
            return false;
        }
    }
}
