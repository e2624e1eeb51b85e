package io.orderly.coordinator.consensus;

import java.util.List;

/**
 * The effects of a step. The caller carries them out as follows, one {@code Effects} after the other.
 *
 * <ol>
 *   <li>Append {@code records} to the write-ahead log, in order. If {@code persistPoint} went up, an fsync is due. It may wait for
 *   the records of later steps: throughput comes from one fsync for many records. Once all records up to a persist point are
 *   durable, pass {@link Input.Persisted} with the highest such point. A failed write or fsync stops the node; a retry would hide
 *   what was lost. Only a write for which the disk has no space is repeated.
 *   <li>Send {@code messages}. One whose {@link Envelope#after()} is not durable yet waits for it; the others are sent at once, and
 *   may overtake those that wait. A message may be dropped at any time, for instance when a queue is full; it is repeated where
 *   necessary. It must never be sent too early: the safety of the protocol depends on it.
 *   <li>Pass {@code apply} to the state machine, in order and each slot once. The entries are decided; they need not be durable on
 *   this node.
 *   <li>Then report {@code outcomes}: an applied command with the result of its slot, a readable read with a result from the
 *   current state.
 *   <li>Begin {@code snapshotTasks}, in order. {@link SnapshotTask.Take} means the state after {@code apply}.
 * </ol>
 *
 * <p>Entries may be applied on another thread, if outcomes and snapshot tasks pass through the same queue.
 *
 * <p><b>Crash.</b> Appended records may be lost from the end, as whole records, down to the last durable persist point. Messages
 * that waited are lost. On restart a new replica is created from {@link DurableState}; persist points start again at 0, which is
 * durable from the start. Tokens from before the crash get no outcome: to their clients it is unknown.
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
 * @param events for logs and metrics
 */
public record Effects(
        List<DurableRecord> records,
        long persistPoint,
        List<Envelope> messages,
        List<Entry> apply,
        List<ReplicaOutcome> outcomes,
        List<SnapshotTask> snapshotTasks,
        List<ReplicaEvent> events) {}
