package io.orderly.coordinator.simulation.map;

import io.orderly.coordinator.server.Reply;
import io.orderly.coordinator.simulation.history.History;
import io.orderly.coordinator.simulation.history.HistoryEvent;
import io.orderly.coordinator.simulation.history.MapCommand;
import io.orderly.coordinator.simulation.workload.NodeAccess;
import io.orderly.coordinator.simulation.workload.RetryingCaller;
import io.orderly.coordinator.simulation.workload.SimulationContext;
import io.orderly.coordinator.simulation.workload.UnansweredOperations;
import io.orderly.coordinator.simulation.workload.Workload;
import io.orderly.coordinator.simulation.workload.WorkloadServer;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Clients of the map. A client retries on other nodes until it receives a response. After a deadline it abandons the operation and starts
 * the next one; the outcome of the abandoned operation is found in the log. The next operation has no deadline, so a client never has more
 * than two open operations, and the history can be checked.
 */
public final class MapWorkload implements Workload {

    private static final long PATIENCE_MICROS = 3_000_000;

    /** Clock drift affects only the progress of consensus, not its safety. */
    private static final double MAX_CLOCK_RATE = 8;

    private final SimulationContext context;
    private final History history = new History();
    private final UnansweredOperations unansweredOperations;
    private final int keys;
    private final long thinkMicrosMax;

    private int operationsMax;
    private int clients;
    private int operations;
    private int inFlight;
    private int answered;

    public MapWorkload(SimulationContext context) {
        this.context = context;
        unansweredOperations = new UnansweredOperations(context.time(), history);
        keys = context.random().nextInt(2, 5);
        thinkMicrosMax = context.random().nextLong(50_000, 500_000);
    }

    @Override
    public WorkloadServer server(NodeAccess node) {
        return new MapServer(node, request -> unansweredOperations.tookEffect(request.operation(), request.client()));
    }

    @Override
    public double maxClockRate() {
        return MAX_CLOCK_RATE;
    }

    @Override
    public void start(int count) {
        for (int i = 0; i < count; i++) {
            new Client().think();
        }
    }

    @Override
    public void allow(int more) {
        operationsMax = operations + more;
    }

    @Override
    public String missing() {
        return operations == operationsMax && inFlight == 0
                ? ""
                : "clients wait, %d operations have had no response".formatted(unanswered());
    }

    @Override
    public int answered() {
        return answered;
    }

    @Override
    public int unanswered() {
        return unansweredOperations.unanswered();
    }

    @Override
    public void settle() {
        unansweredOperations.settle();
    }

    @Override
    public History history() {
        return history;
    }

    private MapCommand command() {
        return switch (context.random().nextInt(8)) {
            case 0, 1, 2 -> new MapCommand.Get();
            case 3, 4 -> new MapCommand.Put(context.random().nextInt(1, 1_000_000));
            case 5, 6 -> new MapCommand.Add(context.random().nextInt(1, 10));
            default ->
                new MapCommand.CompareAndSet(
                        context.random().nextInt(5), context.random().nextInt(1, 5));
        };
    }

    private final class Client {

        private final int id = ++clients;
        private final RetryingCaller caller = new RetryingCaller(context);
        private int lastAbandoned;

        void think() {
            context.time().after(context.random().nextLong(1, thinkMicrosMax), this::begin);
        }

        private void begin() {
            if (operations == operationsMax) {
                think();
                return;
            }
            MapRequest next = new MapRequest(id, ++operations, context.random().nextInt(keys), command());
            long now = context.time().nowMicros();
            long deadlineMicros =
                    unansweredOperations.isAbandoned(lastAbandoned) ? Long.MAX_VALUE : now + PATIENCE_MICROS;
            inFlight++;
            history.add(new HistoryEvent.Invoked(next.operation(), id, next.key(), next.command(), now));
            trace(() -> "requests " + next);
            caller.call(
                    (WorkloadServer server, Consumer<Reply<Long>> answer) -> ((MapServer) server).submit(next, answer),
                    deadlineMicros,
                    new RetryingCaller.Callback<>() {
                        @Override
                        public void completed(Long result) {
                            answered++;
                            history.add(new HistoryEvent.Answered(
                                    next.operation(),
                                    List.of(result),
                                    context.time().nowMicros()));
                            trace(() -> "receives " + result + " for " + next);
                            end();
                        }

                        @Override
                        public void gaveUp(boolean mayHappen) {
                            trace(() -> "abandons " + next);
                            unansweredOperations.gaveUp(next.operation(), id, mayHappen);
                            if (unansweredOperations.isAbandoned(next.operation())) {
                                lastAbandoned = next.operation();
                            }
                            end();
                        }
                    });
        }

        private void end() {
            inFlight--;
            think();
        }

        private void trace(Supplier<?> what) {
            context.trace().add(context.time().nowMicros(), "c" + id, what);
        }
    }
}
