package io.orderly.coordinator.consensus;

import java.util.List;

/**
 * What a step asks of the edge. The edge works through it as follows, and through one {@code Effects} after the other.
 *
 * <ol>
 *   <li>Append {@code records} to the write-ahead log, in order. If {@code persistPoint} went up, an fsync is due. It may wait
 *       for the records of later steps: one fsync for many is where throughput comes from. Once all records up to a persist
 *       point are durable, say so with {@link Input.Persisted}, for the highest such point. A write or fsync that fails stops
 *       the node; trying again would hide what was lost.
 *   <li>Send {@code messages}. One whose {@link Envelope#after()} is not durable yet waits for it; the others go at once, also
 *       past those that wait. A message may be dropped at any time, when a queue is full for instance; it will be repeated
 *       where it matters. It must never be sent too early: that is what the whole protocol rests on.
 *   <li>Hand {@code apply} to the state machine, in order and each slot once. The entries are decided; they need not be durable
 *       on this very node.
 *   <li>Then answer {@code outcomes}: an applied command with the result of its slot, a readable read from the state as it is
 *       now.
 *   <li>Begin {@code snapshotTasks}, in order. {@link SnapshotTask.Take} means the state after {@code apply}.
 * </ol>
 *
 * <p>Applying may run on a thread of its own, if outcomes and snapshot tasks pass through the same queue.
 *
 * <p><b>Crash.</b> Whatever was appended may be lost from the end, in units of whole records, down to the last durable persist
 * point. Messages that waited are lost. On restart the replica is made anew from {@link DurableState}; persist points begin
 * again with 0, which is durable from the start. Tokens of before the crash get no outcome: to their clients it is unknown.
 *
 * <p>The lists cannot be modified.
 *
 * @param records to persist, in order
 * @param persistPoint of all records so far that are {@linkplain DurableRecord#forced() forced}; it goes up by one with each step
 *     that has such a record
 * @param messages to send
 * @param apply decided entries, each slot once, in order without gaps
 * @param outcomes of requests
 * @param snapshotTasks for the edge
 * @param events for people and metrics
 */
public record Effects(
        List<DurableRecord> records,
        long persistPoint,
        List<Envelope> messages,
        List<Entry> apply,
        List<ReplicaOutcome> outcomes,
        List<SnapshotTask> snapshotTasks,
        List<ReplicaEvent> events) {}
