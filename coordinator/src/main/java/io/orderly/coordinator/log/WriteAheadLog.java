package io.orderly.coordinator.log;

import io.orderly.coordinator.consensus.Ballot;
import io.orderly.coordinator.consensus.DurableRecord;
import io.orderly.coordinator.consensus.Entry;
import io.orderly.coordinator.consensus.Payload;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The write-ahead log of a node: records are appended, and durable after the next {@link #commit()}. Many appends share one force,
 * for throughput.
 *
 * <p>It has no thread of its own and is driven by one. After a failure every call fails: see {@link
 * LogStoppedException}. A full disk is no failure: the call throws {@link DiskFullException}, has not appended its record, and may be
 * repeated.
 */
public final class WriteAheadLog {

    /** A larger batch is written before its commit, to bound memory. */
    private static final int MAX_BATCH_BYTES = 4 << 20;

    private final Disk disk;
    private final LogSettings settings;
    private final NodeFile node;
    /** Complete, oldest first. */
    private final Deque<FullSegment> full;

    private Segment active;

    /** Was created when the active one was full, and there was no space to seal that. */
    private @Nullable Segment successor;

    private Ballot promised;
    private long lowWaterMark;
    private long commitMark;
    private @Nullable Throwable failure;

    /** @param highestSlot the highest slot of its records */
    record FullSegment(String name, long highestSlot, long sizeInBytes) {}

    WriteAheadLog(
            Disk disk,
            LogSettings settings,
            NodeFile node,
            Deque<FullSegment> full,
            Segment active,
            long lowWaterMark,
            long commitMark) {
        this.disk = disk;
        this.settings = settings;
        this.node = node;
        this.promised = node.promised();
        this.full = new ArrayDeque<>(full);
        this.active = active;
        this.lowWaterMark = lowWaterMark;
        this.commitMark = commitMark;
    }

    /**
     * Adds a record. It may be written at any time from now on, and is durable after {@link #commit()}. A promise is durable no later than
     * the records after it.
     *
     * @return the sequence number of the record, from 1; of a promise, which is kept elsewhere, that of the record before
     * @throws RecordTooLargeException if a command exceeds the limit of the protocol; the log has not changed then
     */
    public long append(DurableRecord record) throws LogStoppedException, DiskFullException {
        check();
        switch (record) {
            case DurableRecord.Promised(Ballot ballot) -> {
                if (ballot.compareTo(promised) < 0) {
                    throw new IllegalArgumentException("promise %s after %s".formatted(ballot, promised));
                }
                promised = ballot;
            }
            case DurableRecord.Accepted(Entry entry) -> append(entry);
            case DurableRecord.TailCut(long lastKept) -> append(RecordType.TAIL_CUT, lastKept);
            case DurableRecord.CommitMark(long slot) -> {
                append(RecordType.COMMIT_MARK, slot);
                commitMark = Math.max(commitMark, slot);
            }
            case DurableRecord.LowWaterMark(long slot) -> {
                append(RecordType.LOW_WATER_MARK, slot);
                lowWaterMark = Math.max(lowWaterMark, slot);
            }
        }
        return active.nextSequence() - 1;
    }

    private void append(Entry entry) throws LogStoppedException, DiskFullException {
        Payload payload = entry.payload();
        byte[] bytes = PayloadCodec.encode(payload);
        if (payload instanceof Payload.Command && bytes.length > Payload.Command.MAX_BYTES) {
            throw new RecordTooLargeException(entry.slot(), bytes.length);
        }
        append(PayloadCodec.typeOf(payload), entry.slot(), entry.ballot(), bytes);
    }

    private void append(RecordType type, long slot) throws LogStoppedException, DiskFullException {
        append(type, slot, Ballot.ZERO, new byte[0]);
    }

    private void append(RecordType type, long slot, Ballot ballot, byte[] payload)
            throws LogStoppedException, DiskFullException {
        try {
            if (active.batchBytes() > MAX_BATCH_BYTES) {
                write();
            }
            if (!active.hasRoomFor(payload.length, settings)) {
                roll();
            }
            active.append(type, slot, ballot, payload);
        } catch (DiskFullException e) {
            throw e;
        } catch (IOException e) {
            throw stop("writing the log", e);
        }
    }

    /** The promise is written first: no entry accepted under it may be durable without it. */
    private void write() throws IOException {
        if (!promised.equals(node.promised())) {
            node.promise(promised);
        }
        active.write();
    }

    /**
     * Passes the appended records to the operating system, without waiting for the disk. This is optional; it lets the disk start
     * before {@link #commit()}.
     */
    public void flush() throws LogStoppedException, DiskFullException {
        check();
        try {
            write();
        } catch (DiskFullException e) {
            throw e;
        } catch (IOException e) {
            throw stop("writing the log", e);
        }
    }

    /**
     * Makes everything appended so far durable, if the policy says so, with one force for all of it. With nothing appended it makes
     * the index durable, so that the next start can distinguish more corruption from torn writes; useful when idle.
     *
     * @return every record up to this sequence number counts as durable, and may be acknowledged
     * @throws LogStoppedException if that has failed; nothing since the last commit may be acknowledged
     */
    public long commit() throws LogStoppedException, DiskFullException {
        check();
        try {
            write();
            if (settings.fsync().isDue(active.unforcedBytes())) {
                active.force();
                deleteBelowLowWaterMark();
            }
        } catch (DiskFullException e) {
            throw e;
        } catch (IOException e) {
            throw stop("making the log durable", e);
        }
        return active.nextSequence() - 1;
    }

    /** Segments are deleted only below a durable mark: without it the log would start with a gap. */
    private void deleteBelowLowWaterMark() throws IOException {
        while (!full.isEmpty() && full.getFirst().highestSlot() <= lowWaterMark) {
            disk.delete(full.removeFirst().name());
            // one at a time, oldest first: a crash never leaves a hole between segments
            disk.force();
        }
    }

    /** Begins the next segment. The full one is durable with its index before the new one is, and sealed after. */
    private void roll() throws IOException {
        write();
        active.force();
        active.settle();
        Segment next = successor == null ? createSuccessor() : successor;
        successor = next;
        active.seal();
        active.close();
        full.add(new FullSegment(active.header.name(), active.highestSlot(), active.sizeInBytes()));
        active = next;
        successor = null;
    }

    private Segment createSuccessor() throws IOException {
        return Segment.create(
                disk,
                new SegmentHeader(
                        active.header.identity(),
                        active.header.number() + 1,
                        active.nextSequence(),
                        settings.segmentRecords() + 1,
                        lowWaterMark,
                        commitMark),
                settings.zeroedBytes());
    }

    /** Segments on disk, the one being written among them. */
    public int segments() {
        return full.size() + 1;
    }

    /** Bytes on disk, in all segments. */
    public long sizeInBytes() {
        return active.sizeInBytes()
                + full.stream().mapToLong(FullSegment::sizeInBytes).sum();
    }

    /** Commits, makes the index durable and closes the files. If there is no space for that, everything acknowledged is durable. */
    void close() throws IOException {
        try {
            if (failure == null) {
                write();
                active.force();
                active.settle();
            }
        } catch (DiskFullException _) {
            // what is not in the file was not acknowledged
        } catch (IOException e) {
            throw stop("closing the log", e);
        } finally {
            active.close();
            if (successor != null) {
                successor.close();
            }
        }
    }

    private void check() throws LogStoppedException {
        if (failure != null) {
            throw new LogStoppedException("the log", failure);
        }
    }

    private LogStoppedException stop(String what, IOException cause) {
        failure = cause;
        return new LogStoppedException(what, cause);
    }
}
