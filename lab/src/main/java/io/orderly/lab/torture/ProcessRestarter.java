package io.orderly.lab.torture;

import io.orderly.stack.process.ManagedProcess;
import io.orderly.stack.process.ProcessFailure;
import io.orderly.stack.process.Supervisor;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Kills processes, and restarts processes that were killed, exited or failed to start, as a process supervisor does.
 * Thread-safe.
 */
final class ProcessRestarter implements Supervisor.Listener {

    private static final Duration START_TIMEOUT = Duration.ofMinutes(3);
    private static final Duration PAUSE_BEFORE_RETRY = Duration.ofMillis(500);
    private static final Duration POLL = Duration.ofMillis(50);

    /** The processes that are ready. */
    private final Map<String, ManagedProcess> up = new ConcurrentHashMap<>();

    /** The processes that were killed and are not being restarted yet. */
    private final Map<String, ManagedProcess> dead = new ConcurrentHashMap<>();

    /** The names of the processes that may exit because of a fault, and are started after it. */
    private final Set<String> mayExit = new HashSet<>();

    private final AtomicInteger down = new AtomicInteger();
    private final List<String> failedStarts = new CopyOnWriteArrayList<>();
    private final List<String> suddenDeaths = new CopyOnWriteArrayList<>();
    private volatile boolean ended;

    @Override
    public void ready(ManagedProcess process, Duration sinceStart) {
        up.put(process.name(), process);
    }

    /** Records an exit that was not caused by a kill or a fault, and restarts the process. */
    @Override
    public void died(ManagedProcess process, String explanation) {
        synchronized (this) {
            if (ended || !up.remove(process.name(), process)) {
                return;
            }
            down.incrementAndGet();
            if (mayExit.contains(process.name())) {
                dead.put(process.name(), process);
                return;
            }
        }
        suddenDeaths.add(process.name() + " exited unexpectedly" + explanation);
        startWithRetries(process, Duration.ZERO, () -> {});
    }

    /** From now on the process may exit because of a fault. The caller has to call {@link #restartAfterFault} afterwards. */
    synchronized void faultBegins(String name) {
        mayExit.add(name);
    }

    /**
     * Restarts a process whose fault has ended, also if it still runs: it may be about to exit.
     *
     * @param whenReady called once the process is ready
     */
    void restartAfterFault(String name, Runnable whenReady) {
        kill(name);
        synchronized (this) {
            mayExit.remove(name);
        }
        if (dead.containsKey(name)) {
            restart(name, Duration.ZERO, whenReady);
        } else {
            whenReady.run(); // it had exited before the fault, and is started because of that
        }
    }

    /**
     * Kills a process and its children with SIGKILL, if it is up. The caller has to call {@link #restart} afterwards.
     *
     * @return the pid; empty if the process is not up
     */
    OptionalLong kill(String name) {
        ManagedProcess process;
        synchronized (this) {
            process = up.remove(name);
            if (process == null) {
                return OptionalLong.empty();
            }
            down.incrementAndGet();
            dead.put(name, process);
        }
        long pid = process.pid().orElse(-1);
        process.killWithChildren();
        return OptionalLong.of(pid);
    }

    /**
     * Schedules the restart of a process that was killed; returns immediately.
     *
     * @param downtime the delay until the restart
     * @param whenReady called once the process is ready
     */
    void restart(String name, Duration downtime, Runnable whenReady) {
        ManagedProcess process = dead.remove(name);
        if (process == null) {
            throw new IllegalArgumentException(name + " was not killed");
        }
        startWithRetries(process, downtime, whenReady);
    }

    /** The number of processes that are not up. */
    int down() {
        return down.get();
    }

    /** @return false if the timeout expired first */
    boolean awaitAllUp(Duration timeout) throws InterruptedException {
        long giveUpNanos = System.nanoTime() + timeout.toNanos();
        while (down.get() > 0) {
            if (System.nanoTime() - giveUpNanos > 0) {
                return false;
            }
            Thread.sleep(POLL);
        }
        return true;
    }

    /** Start attempts that failed and were retried; a process that was needed may have been down. */
    List<String> failedStarts() {
        return List.copyOf(failedStarts);
    }

    /** Exits of processes that were not killed. */
    List<String> suddenDeaths() {
        return List.copyOf(suddenDeaths);
    }

    /** Stops restarting: all following exits are part of the shutdown. */
    void stopRestarting() {
        ended = true;
    }

    private void startWithRetries(ManagedProcess process, Duration pause, Runnable whenReady) {
        Thread.ofVirtual().name("start " + process.name()).start(() -> {
            try {
                Thread.sleep(pause);
                while (!ended && !started(process)) {
                    Thread.sleep(PAUSE_BEFORE_RETRY);
                }
                up.put(process.name(), process);
                down.decrementAndGet();
                whenReady.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private boolean started(ManagedProcess process) throws InterruptedException {
        try {
            process.start();
            process.awaitReady(START_TIMEOUT);
            return true;
        } catch (ProcessFailure e) {
            if (!ended) {
                failedStarts.add("a start failed: " + e.getMessage());
            }
            process.kill();
            return false;
        }
    }
}
