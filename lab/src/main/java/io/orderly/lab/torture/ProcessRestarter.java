package io.orderly.lab.torture;

import io.orderly.stack.process.ManagedProcess;
import io.orderly.stack.process.ProcessFailure;
import io.orderly.stack.process.Supervisor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Kills processes, and keeps all others up as an operator's tools would: one that ends, or does not come up, is started
 * again. Safe for use by many threads.
 */
final class ProcessRestarter implements Supervisor.Listener {

    private static final Duration START_TIMEOUT = Duration.ofMinutes(3);
    private static final Duration PAUSE_BEFORE_RETRY = Duration.ofMillis(500);
    private static final Duration POLL = Duration.ofMillis(50);

    /** Each process is here from when it is ready until its death. */
    private final Map<String, ManagedProcess> up = new ConcurrentHashMap<>();

    /** Each process is here from when it was killed until somebody wants it back. */
    private final Map<String, ManagedProcess> dead = new ConcurrentHashMap<>();

    private final AtomicInteger down = new AtomicInteger();
    private final List<String> failedStarts = new CopyOnWriteArrayList<>();
    private final List<String> suddenDeaths = new CopyOnWriteArrayList<>();
    private volatile boolean ended;

    @Override
    public void ready(ManagedProcess process, Duration sinceStart) {
        up.put(process.name(), process);
    }

    /** It has ended and nobody killed it: that is worth knowing, and no reason to stay away. */
    @Override
    public void died(ManagedProcess process, String explanation) {
        if (!ended && up.remove(process.name(), process)) {
            down.incrementAndGet();
            suddenDeaths.add(process.name() + " has ended unasked" + explanation);
            bringUp(process, Duration.ZERO, () -> {});
        }
    }

    /**
     * Kills a process with SIGKILL, if it is up, and whatever it has started with it. {@link #restart} has to follow.
     *
     * @return its pid; empty if it is not up
     */
    OptionalLong kill(String name) {
        ManagedProcess process = up.remove(name);
        if (process == null) {
            return OptionalLong.empty();
        }
        down.incrementAndGet();
        dead.put(name, process);
        long pid = process.pid().orElse(-1);
        process.killWithChildren();
        return OptionalLong.of(pid);
    }

    /**
     * Starts a process that was killed, and returns at once.
     *
     * @param downtime until then
     * @param whenReady run once it is ready again
     */
    void restart(String name, Duration downtime, Runnable whenReady) {
        ManagedProcess process = dead.remove(name);
        if (process == null) {
            throw new IllegalArgumentException(name + " was not killed");
        }
        bringUp(process, downtime, whenReady);
    }

    /** How many processes are not up now. */
    int down() {
        return down.get();
    }

    /** @return whether all are up within that time */
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

    /** Starts that came to nothing and were tried again; what the process needed may have been dead. */
    List<String> failedStarts() {
        return List.copyOf(failedStarts);
    }

    /** Ends of processes that nobody has killed. */
    List<String> suddenDeaths() {
        return List.copyOf(suddenDeaths);
    }

    /** From now on processes end because they should. */
    void end() {
        ended = true;
    }

    private void bringUp(ManagedProcess process, Duration pause, Runnable whenReady) {
        Thread.ofVirtual().name("bring up " + process.name()).start(() -> {
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
                failedStarts.add("a start has failed: " + e.getMessage());
            }
            process.kill();
            return false;
        }
    }
}
