package io.orderly.coordinator.simulation.workload;

import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.server.Reply;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request at a time, and retries on other nodes until it gets a response or its deadline passes. It starts with the node
 * that the last response named.
 */
public final class RetryingCaller {

    private static final long ANSWER_TIMEOUT_MICROS = 400_000;
    private static final long RETRY_MICROS_MAX = 60_000;
    private static final long LINK_MICROS_MIN = 50;
    private static final long LINK_MICROS_MAX = 1_000;

    /** Receives the result of a call. */
    public interface Callback<R> {

        void completed(R result);

        /** @param mayHappen whether one of the attempts may have taken effect, or may yet */
        void gaveUp(boolean mayHappen);
    }

    private final SimulationContext context;
    private @Nullable NodeId preferredNode;
    private @Nullable Call<?> current;

    public RetryingCaller(SimulationContext context) {
        this.context = context;
    }

    /**
     * @param question the request, sent to a node's server once or many times
     * @param deadlineMicros no attempt begins later
     * @throws IllegalStateException if another call has not ended
     */
    public <R> void call(
            BiConsumer<WorkloadServer, Consumer<Reply<R>>> question, long deadlineMicros, Callback<R> ending) {
        if (current != null) {
            throw new IllegalStateException("one call at a time");
        }
        Call<R> call = new Call<>(question, deadlineMicros, ending);
        current = call;
        call.attempt();
    }

    private long linkMicros() {
        return context.random().nextLong(LINK_MICROS_MIN, LINK_MICROS_MAX);
    }

    private NodeId anyNode() {
        List<NodeId> nodes = context.nodes().nodeIds();
        return nodes.get(context.random().nextInt(nodes.size()));
    }

    private final class Call<R> {

        private final BiConsumer<WorkloadServer, Consumer<Reply<R>>> question;
        private final long deadlineMicros;
        private final Callback<R> ending;
        private int attempt;

        /** Whether an attempt may have reached the log. */
        private boolean mayHappen;

        Call(BiConsumer<WorkloadServer, Consumer<Reply<R>>> question, long deadlineMicros, Callback<R> ending) {
            this.question = question;
            this.deadlineMicros = deadlineMicros;
            this.ending = ending;
        }

        private boolean isOpen() {
            return current == this;
        }

        void attempt() {
            int number = ++attempt;
            boolean couldHappenBefore = mayHappen;
            NodeId node = preferredNode == null ? anyNode() : preferredNode;
            mayHappen = true;
            context.time()
                    .after(
                            linkMicros(),
                            () -> context.nodes()
                                    .at(
                                            node,
                                            server -> question.accept(
                                                    server,
                                                    reply -> received(node, number, couldHappenBefore, reply))));
            context.time().after(ANSWER_TIMEOUT_MICROS, () -> {
                if (isOpen() && number == attempt) {
                    preferredNode = null;
                    retry();
                }
            });
        }

        private void received(NodeId node, int number, boolean couldHappenBefore, Reply<R> reply) {
            context.time().after(linkMicros(), () -> {
                if (isOpen()) {
                    handle(node, number, couldHappenBefore, reply);
                }
            });
        }

        private void handle(NodeId node, int number, boolean couldHappenBefore, Reply<R> reply) {
            switch (reply) {
                case Reply.Completed<R> completed -> {
                    current = null;
                    ending.completed(completed.result());
                }
                case Reply.Refused<R> refused -> refused(number, couldHappenBefore, refused.leader());
                case Reply.RetryLater<R> _ -> refused(number, couldHappenBefore, node);
                case Reply.Unknown<R> _ -> {
                    if (number == attempt) {
                        preferredNode = null;
                        retry();
                    }
                }
            }
        }

        private void refused(int number, boolean couldHappenBefore, @Nullable NodeId next) {
            if (number == attempt) {
                mayHappen = couldHappenBefore;
                preferredNode = next;
                context.time().after(context.random().nextLong(1, RETRY_MICROS_MAX), () -> {
                    if (isOpen() && number == attempt) {
                        retry();
                    }
                });
            }
        }

        private void retry() {
            if (context.time().nowMicros() < deadlineMicros) {
                attempt();
                return;
            }
            current = null;
            ending.gaveUp(mayHappen);
        }
    }
}
