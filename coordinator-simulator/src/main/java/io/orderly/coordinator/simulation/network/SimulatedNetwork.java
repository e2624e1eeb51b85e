package io.orderly.coordinator.simulation.network;

import io.orderly.clock.VirtualTime;
import io.orderly.coordinator.consensus.NodeId;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Delivers messages between nodes. A link is sound until its condition is changed, and keeps the order of its messages unless the condition
 * allows reordering. Messages in flight when a link is cut still arrive, as in a real network.
 *
 * @param <M> the messages; they are not copied, so they must be immutable
 */
public final class SimulatedNetwork<M> {

    private static final long MIN_DELAY_MICROS = 100;

    /** Receives messages. */
    @FunctionalInterface
    public interface Receiver<M> {
        void receive(NodeId from, NodeId to, M message);
    }

    private record Link(NodeId from, NodeId to) {}

    private final VirtualTime time;
    private final RandomGenerator random;
    private final Receiver<M> receiver;
    private final Map<Link, LinkCondition> conditions = new HashMap<>();
    private final Map<Link, Long> lastArrivalMicros = new HashMap<>();
    private LinkCondition everywhere = LinkCondition.SOUND;

    public SimulatedNetwork(VirtualTime time, RandomGenerator random, Receiver<M> receiver) {
        this.time = time;
        this.random = random;
        this.receiver = receiver;
    }

    /** @param condition the condition of every link without a condition of its own */
    public void everywhere(LinkCondition condition) {
        everywhere = condition;
    }

    /** @param condition the condition of this direction of the link only */
    public void set(NodeId from, NodeId to, LinkCondition condition) {
        conditions.put(new Link(from, to), condition);
    }

    /** Makes every link sound. */
    public void heal() {
        conditions.clear();
        everywhere = LinkCondition.SOUND;
    }

    /** Whether every link is sound. */
    public boolean isSound() {
        return conditions.isEmpty() && everywhere.equals(LinkCondition.SOUND);
    }

    public void send(NodeId from, NodeId to, M message) {
        Link link = new Link(from, to);
        LinkCondition condition = conditions.getOrDefault(link, everywhere);
        if (random.nextDouble() < condition.loss()) {
            return;
        }
        deliver(link, condition, message);
        if (random.nextDouble() < condition.duplication()) {
            deliver(link, condition, message);
        }
    }

    private void deliver(Link link, LinkCondition condition, M message) {
        long arrivalMicros = time.nowMicros() + random.nextLong(MIN_DELAY_MICROS, condition.delayMicrosMax() + 1);
        if (!condition.reordering()) {
            arrivalMicros = Math.max(arrivalMicros, lastArrivalMicros.getOrDefault(link, 0L));
            lastArrivalMicros.put(link, arrivalMicros);
        }
        time.after(arrivalMicros - time.nowMicros(), () -> receiver.receive(link.from, link.to, message));
    }
}
