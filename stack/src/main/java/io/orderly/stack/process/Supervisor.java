package io.orderly.stack.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Starts processes in the order of their needs, those that do not need each other side by side, and ends them the other
 * way round.
 */
public final class Supervisor {

    /** Told what happens to the processes; from any thread. */
    public interface Listener {

        /** It serves, so long after the start of the whole. */
        void ready(ManagedProcess process, Duration sinceStart);

        /** It ended without being asked to, after the start of the whole had succeeded. */
        void died(ManagedProcess process, String explanation);
    }

    private static final Executor THREADS = task -> Thread.ofVirtual().start(task);

    private final SequencedMap<String, ManagedProcess> processes = new LinkedHashMap<>();
    private final Map<String, List<String>> dependents = new HashMap<>();
    private final Listener listener;
    private volatile boolean complete;

    /**
     * @param plans each one after those that it needs
     * @throws IllegalArgumentException if a plan needs something that does not stand before it
     */
    public Supervisor(List<ProcessPlan> plans, ProcessFolder folder, Listener listener) {
        this.listener = listener;
        for (ProcessPlan plan : plans) {
            dependents.put(plan.name(), new ArrayList<>());
            for (String need : plan.needs()) {
                if (need.equals(plan.name()) || !dependents.containsKey(need)) {
                    throw new IllegalArgumentException(plan.name() + " needs " + need + ", which is not before it");
                }
                dependents.get(need).add(plan.name());
            }
        }
        for (ProcessPlan plan : plans) {
            folder.beginLog(plan.name());
            processes.put(
                    plan.name(),
                    new ManagedProcess(
                            plan, folder, dependents.get(plan.name()), explanation -> died(plan.name(), explanation)));
        }
    }

    /**
     * Starts all processes and returns when all are ready. After a failure, what has been started still runs: call
     * {@link #stop()}.
     *
     * @throws ProcessFailure the first failure of any process
     */
    public void start(Duration timeoutOfEach) {
        long begunNanos = System.nanoTime();
        CompletableFuture<Void> firstFailure = new CompletableFuture<>();
        Map<String, CompletableFuture<Void>> ready = new HashMap<>();
        for (ManagedProcess process : processes.values()) {
            CompletableFuture<Void> needsReady = all(process.plan().needs(), ready::get);
            CompletableFuture<Void> thisReady = needsReady.thenRunAsync(
                    () -> {
                        startAndAwait(process, timeoutOfEach);
                        listener.ready(process, Duration.ofNanos(System.nanoTime() - begunNanos));
                    },
                    THREADS);
            thisReady.exceptionally(failure -> {
                firstFailure.completeExceptionally(failure);
                return null;
            });
            ready.put(process.name(), thisReady);
        }
        try {
            CompletableFuture.anyOf(all(ready.keySet(), ready::get), firstFailure)
                    .join();
            complete = true;
        } catch (CompletionException e) {
            Throwable cause = rootCause(e);
            throw cause instanceof ProcessFailure failure ? failure : new ProcessFailure(cause.toString(), cause);
        }
    }

    /** Ends all processes for good, each after those that need it, and returns when all are gone. */
    public void stop() {
        Map<String, CompletableFuture<Void>> stopped = new HashMap<>();
        for (ManagedProcess process : processes.sequencedValues().reversed()) {
            CompletableFuture<Void> dependentsStopped = all(dependents.get(process.name()), stopped::get);
            stopped.put(process.name(), dependentsStopped.thenRunAsync(process::retire, THREADS));
        }
        all(stopped.keySet(), stopped::get).join();
    }

    /** The process of this name. */
    public ManagedProcess process(String name) {
        ManagedProcess process = processes.get(name);
        if (process == null) {
            throw new IllegalArgumentException("no process is called " + name + ", only " + processes.keySet());
        }
        return process;
    }

    /** All processes, each after those that it needs. */
    public List<ManagedProcess> processes() {
        return List.copyOf(processes.values());
    }

    private void startAndAwait(ManagedProcess process, Duration timeout) {
        process.start();
        try {
            process.awaitReady(timeout);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProcessFailure("interrupted while " + process.name() + " starts", e);
        }
    }

    private void died(String name, String explanation) {
        if (complete) {
            listener.died(process(name), explanation);
        }
    }

    private static <T> CompletableFuture<Void> all(Iterable<T> keys, Function<T, CompletableFuture<Void>> futureOf) {
        List<CompletableFuture<Void>> futures = new ArrayList<>();
        keys.forEach(key -> futures.add(futureOf.apply(key)));
        return CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new));
    }

    private static Throwable rootCause(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
