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
 * Starts processes in the order of their dependencies, independent processes concurrently, and stops them in reverse
 * order.
 */
public final class Supervisor {

    /** Notified of process events; from any thread. */
    public interface Listener {

        /**
         * The process is ready.
         *
         * @param sinceStart the time since the start of the system
         */
        void ready(ManagedProcess process, Duration sinceStart);

        /** The process exited unexpectedly, after the system had started successfully. */
        void died(ManagedProcess process, String explanation);
    }

    private static final Executor THREADS = task -> Thread.ofVirtual().start(task);

    private final SequencedMap<String, ManagedProcess> processes = new LinkedHashMap<>();
    private final Map<String, List<String>> dependents = new HashMap<>();
    private final Listener listener;
    private volatile boolean complete;

    /**
     * @param plans each after the plans that it depends on
     * @throws IllegalArgumentException if a plan depends on a plan that does not precede it, or uses one that is unknown or depends on others
     */
    public Supervisor(List<ProcessPlan> plans, ProcessFolder folder, Listener listener) {
        this.listener = listener;
        for (ProcessPlan plan : plans) {
            dependents.put(plan.name(), new ArrayList<>());
            for (String need : plan.needs()) {
                if (need.equals(plan.name()) || !dependents.containsKey(need)) {
                    throw new IllegalArgumentException(
                            plan.name() + " depends on " + need + ", which does not precede it");
                }
                dependents.get(need).add(plan.name());
            }
        }
        for (ProcessPlan plan : plans) {
            for (String used : plan.uses()) {
                if (plans.stream()
                        .noneMatch(other -> other.name().equals(used)
                                && other.needs().isEmpty()
                                && other.uses().isEmpty())) {
                    throw new IllegalArgumentException(
                            plan.name() + " uses " + used + ", which is unknown or depends on others");
                }
                dependents.get(used).add(plan.name());
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
     * Starts all processes and returns when all are ready. After a failure, call {@link #stop()} to stop the processes
     * that were started.
     *
     * @throws ProcessFailure the first failure of any process
     */
    public void start(Duration timeoutOfEach) {
        long startedNanos = System.nanoTime();
        CompletableFuture<Void> firstFailure = new CompletableFuture<>();
        Map<String, CompletableFuture<Void>> ready = new HashMap<>();
        for (ManagedProcess process : processes.values()) {
            CompletableFuture<Void> needsReady = all(process.plan().needs(), ready::get);
            CompletableFuture<Void> thisReady = needsReady.thenRunAsync(
                    () -> {
                        startAndAwait(process, timeoutOfEach);
                        listener.ready(process, Duration.ofNanos(System.nanoTime() - startedNanos));
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

    /**
     * Stops all processes permanently, each after the processes that depend on it or use it, and returns when all have exited.
     */
    public void stop() {
        Map<String, CompletableFuture<Void>> stopped = new HashMap<>();
        processes.keySet().forEach(name -> stopped.put(name, new CompletableFuture<>()));
        processes.forEach((name, process) -> all(dependents.get(name), stopped::get)
                .thenRunAsync(process::retire, THREADS)
                .whenComplete((_, failure) -> {
                    if (failure == null) {
                        stopped.get(name).complete(null);
                    } else {
                        stopped.get(name).completeExceptionally(failure);
                    }
                }));
        all(stopped.keySet(), stopped::get).join();
    }

    /** The process with this name. */
    public ManagedProcess process(String name) {
        ManagedProcess process = processes.get(name);
        if (process == null) {
            throw new IllegalArgumentException("unknown process " + name + "; known are " + processes.keySet());
        }
        return process;
    }

    /** All processes, each after the processes that it depends on. */
    public List<ManagedProcess> processes() {
        return List.copyOf(processes.values());
    }

    private void startAndAwait(ManagedProcess process, Duration timeout) {
        process.start();
        try {
            process.awaitReady(timeout);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProcessFailure("interrupted while starting " + process.name(), e);
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
