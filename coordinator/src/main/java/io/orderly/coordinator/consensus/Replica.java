package io.orderly.coordinator.consensus;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * One node's part in the agreement: inputs go in, {@link Effects} come out, and nothing else happens. How the edge must treat the
 * effects is said there.
 *
 * <p>The same state, inputs and random numbers lead to the same effects. Not safe for several threads: the edge steps it from
 * one, the singular update queue.
 *
 * <p>A broken invariant throws {@link InvariantViolation} and leaves the replica dead; the node must stop, for its state can no
 * longer be trusted.
 */
public final class Replica {

    /**
     * A replica that continues from what its disk says, as a follower. Its first input should be a {@link Input.Tick}.
     *
     * @param jitter spreads election timeouts, so that nodes do not stand all at once
     */
    public Replica(NodeId self, Configuration configuration, DurableState durable, RandomGenerator jitter) {}

    /** As {@link #step(List)} for a single input. */
    public Effects step(Input input) {
        return step(List.of(input));
    }

    /**
     * Takes inputs in order. Handing in all that wait at once lets the replica put them into one batch.
     *
     * @throws InvariantViolation if the replica found itself in a state that must not be
     */
    public Effects step(List<Input> inputs) {
        throw new UnsupportedOperationException("not built yet");
    }

    /** A picture of now. */
    public Status status() {
        throw new UnsupportedOperationException("not built yet");
    }

    /** What this node accepted in a slot; empty if nothing, if it is corrupt, or if it is below the low-water mark. */
    public Optional<Entry> entry(long slot) {
        throw new UnsupportedOperationException("not built yet");
    }
}
