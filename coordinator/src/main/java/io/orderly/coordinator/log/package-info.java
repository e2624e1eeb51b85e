/**
 * The durable state of a node: its promise, a write-ahead log in segments, and snapshots.
 *
 * <p>A record is durable before any message that depends on it is sent. A folder holds
 *
 * <ul>
 *   <li>{@code node-a} and {@code node-b}: the owner of the folder and the promise, twice. One of them can be lost; without both the node
 *   refuses to start.
 *   <li>{@code segment-N}: a header, an index, records. A record is written, forced, acknowledged; the index holds its header a second time
 *   once it is durable. Only the last segment can have a torn tail. After its records are zeros, written in advance, which are cut off
 *   when it is complete.
 *   <li>{@code snapshot-N}: the state up to slot N. Segments below the low-water mark, which a snapshot covers, are deleted.
 * </ul>
 *
 * <p>On start a torn tail is cut; it was never acknowledged. It is distinguished from corruption by sectors that were never written and
 * read as zeroes; no record is stored with such a sector ({@link PayloadMask}). What cannot be distinguished counts as corrupt (Alagappan
 * et al., "Protocol-Aware Recovery for Consensus-Based Storage", FAST 2018). An accepted entry that is corrupt is a corrupt slot, which the
 * other nodes repair. Data that the other nodes cannot restore is refused with an error.
 *
 * <p>One loss is not detected: the records that were forced last before a power failure, if another fault at the same time makes their
 * sectors read as never written. A disk that ignores fsync has this fault.
 *
 * <p>The whole log is read on start, so the duration of a start is bounded by the size of the log, which the low-water mark bounds.
 */
@NullMarked
package io.orderly.coordinator.log;

import org.jspecify.annotations.NullMarked;
