package io.orderly.lab.conformance;

import io.orderly.contracts.OrderId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A connection to a toy participant in the same thread, in virtual time. */
final class MemoryWire implements Wire {

    private static final Duration TICK = Duration.ofNanos(100_000);

    /** From the first command to its handling, together with all that came meanwhile. */
    private static final Duration LATENCY = Duration.ofMillis(10);

    private final String topic;
    private final ToyParticipant participant;
    private final boolean canRestart;
    private final List<Incoming> unread = new ArrayList<>();
    private final List<Outgoing> sent = new ArrayList<>();
    private Duration now = Duration.ZERO;
    private Duration handledAt = Duration.ZERO;

    MemoryWire(Subject subject, ToyParticipant participant, boolean canRestart) {
        this.topic = subject.topic().topicName();
        this.participant = participant;
        this.canRestart = canRestart;
    }

    /** All records, in their order. */
    List<Outgoing> sent() {
        return sent;
    }

    @Override
    public Duration now() {
        return now;
    }

    @Override
    public void send(Outgoing message) {
        if (unread.isEmpty()) {
            handledAt = now.plus(LATENCY);
        }
        sent.add(message);
        unread.add(new Incoming(
                topic, message.key(), message.headers(), message.body() == null ? new byte[0] : message.body()));
    }

    @Override
    public List<Incoming> receive(Duration atMost) {
        Duration until = now.plus(atMost.compareTo(TICK) < 0 ? TICK : atMost);
        if (unread.isEmpty() || until.compareTo(handledAt) < 0) {
            now = until;
            return List.of();
        }
        now = now.compareTo(handledAt) < 0 ? handledAt : now;
        List<Incoming> batch = List.copyOf(unread);
        unread.clear();
        return participant.handle(batch);
    }

    @Override
    public int partitionOf(OrderId order) {
        return Math.floorMod(order.hashCode(), 3);
    }

    @Override
    public boolean canRestart() {
        return canRestart;
    }

    @Override
    public void restart() {
        List<Incoming> readAgain = participant.restart(List.copyOf(unread));
        unread.clear();
        unread.addAll(readAgain);
        handledAt = now.plus(LATENCY);
    }
}
