package io.orderly.coordinator.log;

import io.orderly.coordinator.consensus.Ballot;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The file that records are appended to: a header, an index, the records.
 *
 * <p>A record is written, then forced, and then indexed: its header is written to the index, which becomes durable with the next
 * force. So a header in the index proves that its record was durable; a missing one leaves the last records uncertain, and nothing
 * else.
 *
 * <p>Behind the records, and behind the headers in the index, the file has {@linkplain ZeroedSpace zeros}.
 */
final class Segment implements Closeable {

    static final int SECTOR_BYTES = 512;

    private static final int INITIAL_BATCH_BYTES = 16 << 10;
    private static final int MOST_ZEROED_INDEX = 64 << 10;
    /** Fills the gap after a payload, so that the sector does not look as if it was never written. */
    private static final byte FILLER = (byte) 0xff;

    final SegmentHeader header;
    private final DiskFile file;
    private final int salt;
    private final ZeroedSpace behindRecords;
    private final ZeroedSpace behindIndex;

    private long nextSequence;
    /** The position of the next record. */
    private long end;
    /** The position from which on records are in the batch, and not in the file. */
    private long written;
    /** Every record before this one is durable. */
    private long forcedSequence;

    private long unforcedBytes;
    /** The records before this one are in the index. */
    private long witnessed;

    private long highestSlot;

    private ByteBuffer batch = ByteBuffer.allocate(INITIAL_BATCH_BYTES);
    /** The headers from {@link #witnessed} on. */
    private ByteBuffer unwitnessed = ByteBuffer.allocate(INITIAL_BATCH_BYTES);

    /**
     * @param nextSequence all records before it are durable
     * @param end the end of the last of them, and of the file
     * @param zeroedBytes as {@link LogSettings#zeroedBytes()}
     */
    Segment(SegmentHeader header, DiskFile file, long nextSequence, long end, long highestSlot, int zeroedBytes) {
        this.header = header;
        this.file = file;
        this.salt = header.salt();
        this.nextSequence = nextSequence;
        this.end = end;
        this.written = end;
        this.forcedSequence = nextSequence;
        this.witnessed = nextSequence;
        this.highestSlot = highestSlot;
        behindRecords = new ZeroedSpace(file, end, Long.MAX_VALUE, zeroedBytes);
        behindIndex = new ZeroedSpace(
                file,
                header.indexPosition(nextSequence),
                header.recordsBegin(),
                Math.min(zeroedBytes, MOST_ZEROED_INDEX));
    }

    /** Creates a new segment, durably. Until it is complete it has another name. */
    static Segment create(Disk disk, SegmentHeader header, int zeroedBytes) throws IOException {
        String temporary = header.name() + Disk.TEMPORARY;
        DiskFile file = disk.create(temporary);
        try {
            file.write(0, header.encode());
            // up to the end of the index: a shorter segment is one that was cut
            file.write(header.recordsBegin() - 1, ByteBuffer.allocate(1));
        } catch (DiskFullException e) {
            file.close();
            disk.delete(temporary);
            throw e;
        }
        file.force();
        disk.rename(temporary, header.name());
        disk.force();
        return new Segment(header, file, header.firstSequence(), header.recordsBegin(), 0, zeroedBytes);
    }

    boolean hasRoomFor(int payloadBytes, LogSettings settings) {
        long records = nextSequence - header.firstSequence();
        // the last place in the index is for the seal
        return records == 0
                || (records < header.indexCapacity() - 1
                        && end - header.recordsBegin() + RecordHeader.BYTES + RecordHeader.padded(payloadBytes)
                                <= settings.segmentBytes());
    }

    /** Adds a record to the batch. */
    void append(RecordType type, long slot, Ballot ballot, byte[] payload) {
        int mask = PayloadMask.NONE;
        byte[] stored = payload;
        while (hasZeroSector(end, stored)) {
            stored = PayloadMask.apply(++mask, payload);
        }
        var crc = new CRC32C();
        crc.update(stored);
        var record = new RecordHeader(
                type, mask, stored.length, (int) crc.getValue(), nextSequence, slot, ballot, forcedSequence - 1, end);
        int size = (int) (record.end() - end);
        batch = withRoom(batch, size);
        unwitnessed = withRoom(unwitnessed, RecordHeader.BYTES);
        int start = batch.position();
        record.encode(batch, salt);
        unwitnessed.put(batch.array(), start, RecordHeader.BYTES);
        batch.put(stored);
        while (batch.position() < start + size) {
            batch.put(FILLER);
        }
        nextSequence++;
        end = record.end();
        highestSlot = Math.max(highestSlot, slot);
    }

    /** Whether the part of this record in some sector is zero, or could become zero by one flipped bit. */
    private static boolean hasZeroSector(long position, byte[] payload) {
        // the sector of the header is seen to be written by the header itself
        int from = (int) (SECTOR_BYTES - (position + RecordHeader.BYTES - 1) % SECTOR_BYTES - 1);
        while (from < payload.length) {
            int to = Math.min(from + SECTOR_BYTES, payload.length);
            boolean hasFiller = to == payload.length && to % RecordHeader.BYTES != 0;
            if (!hasFiller && isNearlyZero(payload, from, to)) {
                return true;
            }
            from = to;
        }
        return false;
    }

    /** Whether all bytes are zero but one at most. */
    static boolean isNearlyZero(byte[] bytes, int from, int to) {
        int others = 0;
        for (int i = from; i < to && others < 2; i++) {
            if (bytes[i] != 0) {
                others++;
            }
        }
        return others < 2;
    }

    static boolean isZero(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static ByteBuffer withRoom(ByteBuffer buffer, int size) {
        if (buffer.remaining() >= size) {
            return buffer;
        }
        return ByteBuffer.allocate(Math.max(2 * buffer.capacity(), buffer.position() + size))
                .put(buffer.flip());
    }

    /** Writes the batch to the file. If the disk is full, all of the batch is written again by the next call. */
    void write() throws IOException {
        file.write(written, batch.duplicate().flip());
        unforcedBytes += batch.position();
        batch.clear();
        written = end;
        behindRecords.usedUpTo(written);
    }

    int batchBytes() {
        return batch.position();
    }

    long unforcedBytes() {
        return unforcedBytes;
    }

    /** Makes the written records durable, and indexes them. On a full disk they are indexed with a later force. */
    void force() throws IOException {
        file.force();
        unforcedBytes = 0;
        forcedSequence = nextSequence;
        try {
            index();
        } catch (DiskFullException _) {
            // the records are durable; only what could be distinguished after a crash is less
        }
    }

    private void index() throws IOException {
        if (unwitnessed.position() > 0) {
            file.write(header.indexPosition(witnessed), unwitnessed.duplicate().flip());
            unwitnessed.clear();
            witnessed = forcedSequence;
            behindIndex.usedUpTo(header.indexPosition(witnessed));
        }
    }

    /** Cuts off the space behind the records, and makes the index durable too. */
    void settle() throws IOException {
        index();
        file.truncate(end);
        file.force();
    }

    /** Marks that this segment is complete and its successor durable. */
    void seal() throws IOException {
        ByteBuffer seal = ByteBuffer.allocate(RecordHeader.BYTES);
        new RecordHeader(RecordType.SEAL, PayloadMask.NONE, 0, 0, nextSequence, 0, Ballot.ZERO, nextSequence - 1, end)
                .encode(seal, salt);
        file.write(header.indexPosition(nextSequence), seal.flip());
        file.force();
    }

    long nextSequence() {
        return nextSequence;
    }

    /** Every record before this one is durable. */
    long forcedSequence() {
        return forcedSequence;
    }

    long sizeInBytes() {
        return end;
    }

    /** The highest slot of its records. */
    long highestSlot() {
        return highestSlot;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
