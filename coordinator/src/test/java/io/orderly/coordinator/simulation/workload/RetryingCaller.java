package io.orderly.coordinator.simulation.workload;

import io.orderly.coordinator.consensus.NodeId;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks one thing at a time, again and elsewhere until it is told, or until it loses patience. It begins with the node it was last
 * pointed to.
 */
public final class RetryingCaller {

    private static final long ANSWER_TIMEOUT_MICROS = 400_000;
    private static final long RETRY_MICROS_MAX = 60_000;
    private static final long LINK_MICROS_MIN = 50;
    private static final long LINK_MICROS_MAX = 1_000;

    /** How a call ends. */
    public interface Callback<R> {

        void told(R result);

        /** @param mayHappen whether one of the attempts may have taken effect, or may yet */
        void gaveUp(boolean mayHappen);
    }

    private final SimulationContext world;
    private @Nullable NodeId preferredNode;
    private @Nullable Call<?> current;

    public RetryingCaller(SimulationContext world) {
        this.world = world;
    }

    /**
     * @param question asked at a node's server, perhaps many times
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
        return world.random().nextLong(LINK_MICROS_MIN, LINK_MICROS_MAX);
    }

    private NodeId anyNode() {
        List<NodeId> nodes = world.nodes().nodeIds();
        return nodes.get(world.random().nextInt(nodes.size()));
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
            world.time()
                    .after(
                            linkMicros(),
                            () -> world.nodes()
                                    .at(
                                            node,
                                            server -> question.accept(
                                                    server, answer -> answered(number, couldHappenBefore, answer))));
            world.time().after(ANSWER_TIMEOUT_MICROS, () -> {
                if (isOpen() && number == attempt) {
                    preferredNode = null;
                    retry();
                }
            });
        }

        private void answered(int number, boolean couldHappenBefore, Reply<R> answer) {
            world.time().after(linkMicros(), () -> {
                if (isOpen()) {
                    hear(number, couldHappenBefore, answer);
                }
            });
        }

        private void hear(int number, boolean couldHappenBefore, Reply<R> answer) {
            switch (answer) {
                case Reply.Done<R> done -> {
                    current = null;
                    ending.told(done.result());
                }
                case Reply.Refused<R> refused -> {
                    if (number == attempt) {
                        mayHappen = couldHappenBefore;
                        preferredNode = refused.leader();
                        world.time().after(world.random().nextLong(1, RETRY_MICROS_MAX), () -> {
                            if (isOpen() && number == attempt) {
                                retry();
                            }
                        });
                    }
                }
                case Reply.Unknown<R> _ -> {
                    if (number == attempt) {
                        preferredNode = null;
                        retry();
                    }
                }
            }
        }

        private void retry() {
            if (world.time().nowMicros() < deadlineMicros) {
                attempt();
                return;
            }
            current = null;
            ending.gaveUp(mayHappen);
        }
    }
}
