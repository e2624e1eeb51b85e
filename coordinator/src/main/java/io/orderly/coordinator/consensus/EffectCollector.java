package io.orderly.coordinator.consensus;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Collects the effects of one step, and the persist point that covers the records so far. */
final class EffectCollector {

    private List<DurableRecord> records = new ArrayList<>();
    private List<Envelope> messages = new ArrayList<>();
    private List<Entry> apply = new ArrayList<>();
    private List<ReplicaOutcome> outcomes = new ArrayList<>();
    private List<SnapshotTask> snapshotTasks = new ArrayList<>();
    private List<ReplicaEvent> events = new ArrayList<>();
    private boolean forced;
    private long point;
    private long durablePoint;

    void persist(DurableRecord record) {
        records.add(record);
        forced |= record.forced();
    }

    /** Whether an fsync will follow this step. */
    boolean forced() {
        return forced;
    }

    /** The persist point after which everything written so far is durable. */
    long writtenPoint() {
        return forced ? point + 1 : point;
    }

    long durablePoint() {
        return durablePoint;
    }

    void durable(long upTo) {
        Invariant.PERSIST_WHAT_WAS_ASKED.check(
                upTo <= point, () -> "point %d acknowledged, %d asked for".formatted(upTo, point));
        durablePoint = Math.max(durablePoint, upTo);
    }

    void sendNow(NodeId to, Message message) {
        messages.add(new Envelope(to, message, 0));
    }

    void sendAfter(NodeId to, Message message, long persistPoint) {
        messages.add(new Envelope(to, message, persistPoint));
    }

    /** Sends once everything written so far is durable. */
    void sendOnceDurable(NodeId to, Message message) {
        messages.add(new Envelope(to, message, writtenPoint()));
    }

    void apply(Entry entry) {
        apply.add(entry);
    }

    void outcome(ReplicaOutcome outcome) {
        outcomes.add(outcome);
    }

    void refuse(long token, Refusal refusal) {
        outcomes.add(new ReplicaOutcome.NotApplied(token, refusal));
    }

    void task(SnapshotTask task) {
        snapshotTasks.add(task);
    }

    void event(ReplicaEvent event) {
        events.add(event);
    }

    /** Everything since the last call. */
    Effects take() {
        point = writtenPoint();
        forced = false;
        Effects effects = new Effects(
                Collections.unmodifiableList(records),
                point,
                Collections.unmodifiableList(messages),
                Collections.unmodifiableList(apply),
                Collections.unmodifiableList(outcomes),
                Collections.unmodifiableList(snapshotTasks),
                Collections.unmodifiableList(events));
        records = renewed(records);
        messages = renewed(messages);
        apply = renewed(apply);
        outcomes = renewed(outcomes);
        snapshotTasks = renewed(snapshotTasks);
        events = renewed(events);
        return effects;
    }

    /** A list that was handed out must not change later. */
    private static <T> List<T> renewed(List<T> handedOut) {
        return new ArrayList<>(Math.min(handedOut.size(), 64));
    }
}
