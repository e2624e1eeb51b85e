package io.orderly.coordinator.simulation.store;

import io.orderly.coordinator.server.Reply;
import io.orderly.coordinator.simulation.workload.RetryingCaller;
import io.orderly.coordinator.simulation.workload.SimulationContext;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A client of the store: its name, its caller, and its pauses between operations. */
abstract class StoreClient {

    final SimulationContext context;
    final StoreWorkload workload;
    private final String name;
    private final RetryingCaller caller;
    private final long thinkMicrosMax;

    StoreClient(StoreWorkload workload, String name, long thinkMicrosMax) {
        this.workload = workload;
        context = workload.context();
        this.name = name;
        this.thinkMicrosMax = thinkMicrosMax;
        caller = new RetryingCaller(context);
    }

    /** Begins the next operation. */
    abstract void begin();

    final void think() {
        context.time().after(context.random().nextLong(1, thinkMicrosMax), this::begin);
    }

    final CommandChecker checker() {
        return workload.checker();
    }

    final long nowMicros() {
        return context.time().nowMicros();
    }

    final void trace(Supplier<?> what) {
        context.trace().add(nowMicros(), name, what);
    }

    /** One call at a time. */
    final <R> void call(
            BiConsumer<StoreServer, Consumer<Reply<R>>> question,
            long deadlineMicros,
            Consumer<R> completed,
            Consumer<Boolean> gaveUp) {
        call(caller, question, deadlineMicros, completed, gaveUp);
    }

    /** Concurrently with other calls. */
    final <R> void callConcurrently(
            BiConsumer<StoreServer, Consumer<Reply<R>>> question,
            long deadlineMicros,
            Consumer<R> completed,
            Consumer<Boolean> gaveUp) {
        call(new RetryingCaller(context), question, deadlineMicros, completed, gaveUp);
    }

    private static <R> void call(
            RetryingCaller caller,
            BiConsumer<StoreServer, Consumer<Reply<R>>> question,
            long deadlineMicros,
            Consumer<R> completed,
            Consumer<Boolean> gaveUp) {
        caller.call(
                (server, answer) -> question.accept((StoreServer) server, answer),
                deadlineMicros,
                new RetryingCaller.Callback<R>() {
                    @Override
                    public void completed(R result) {
                        completed.accept(result);
                    }

                    @Override
                    public void gaveUp(boolean mayHappen) {
                        gaveUp.accept(mayHappen);
                    }
                });
    }

    /** Sends a request to a random node, and ignores the response. */
    static void sendToAnyNode(SimulationContext context, Consumer<StoreServer> request) {
        var nodes = context.nodes().nodeIds();
        context.nodes()
                .at(nodes.get(context.random().nextInt(nodes.size())), server -> request.accept((StoreServer) server));
    }
}
