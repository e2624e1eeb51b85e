package io.orderly.coordinator.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads a segment, and distinguishes a torn tail from corruption.
 *
 * <p>A record that fails its checksum is <em>corrupt</em> if it was durable once. That is certain if the index holds its header, if
 * a later segment exists, or if a later record was written after it was forced. Without such a proof it was among the last records
 * written before a crash, and is <em>torn</em> if it looks like a write that was cut short: the file ends within it, or one of its
 * sectors was never written and is still zero. All other cases count as corrupt: for instance, a flipped bit does not make a sector
 * zero, since no sector is stored that is nearly zero ({@link PayloadMask}).
 *
 * <p>The first torn record ends the log: nothing after it was ever acknowledged, since all of it waited for the same force.
 *
 * <p>The idea of the second witness is that of Alagappan et al., "Protocol-Aware Recovery for Consensus-Based Storage" (FAST
 * 2018), section 3.3, where it is called an identifier. There it is written along with the entry, and a crash may leave it without
 * its entry; here it is written once the entry is durable, so that a power failure is never taken for corruption.
 */
final class SegmentReader {

    /** Receives the records of a segment, in order. */
    interface Visitor {

        /** @param payload null if it is corrupt */
        void record(RecordHeader header, byte @Nullable [] payload) throws UnusableFolderException;
    }

    private static final int WINDOW_BYTES = 1 << 20;
    private static final byte[] NOTHING = {};

    private final SegmentHeader header;
    private final DiskFile file;
    private final String name;
    private final int salt;
    private final long fileSize;

    private byte[] window = NOTHING;
    private long windowBegins;
    private int windowLength;

    /** Every record up to this sequence number is known to have been durable. */
    private long proven;

    private boolean searched;
    private boolean sealed;
    private final @Nullable RecordHeader[] index;
    /** The headers as they should be in the index, from the first that is not. */
    private final List<RecordHeader> unwitnessed = new ArrayList<>();

    private long nextSequence;
    private long position;
    private long highestSlot;
    private int corrupt;
    private int recoveredFromIndex;
    private long tornBytes;

    /** @param successor the first sequence number of the next segment, or 0 if there is none */
    SegmentReader(SegmentHeader header, DiskFile file, long successor) throws IOException {
        this.header = header;
        this.file = file;
        this.name = header.name();
        this.salt = header.salt();
        this.fileSize = file.size();
        if (fileSize < header.recordsBegin()) {
            throw new UnusableFolderException("%s has %d bytes, less than its index of %d: it was truncated. %s"
                    .formatted(name, fileSize, header.recordsBegin(), Remedy.REPLACE));
        }
        this.nextSequence = header.firstSequence();
        this.position = header.recordsBegin();
        this.proven = Math.max(header.firstSequence(), successor) - 1;
        this.index = readIndex();
    }

    private @Nullable RecordHeader[] readIndex() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(header.indexCapacity() * RecordHeader.BYTES);
        file.read(SegmentHeader.BYTES, bytes);
        @Nullable RecordHeader[] headers = new RecordHeader[bytes.position() / RecordHeader.BYTES];
        for (int i = 0; i < headers.length; i++) {
            RecordHeader found = RecordHeader.decode(bytes.array(), i * RecordHeader.BYTES, salt, name);
            if (found != null && found.sequence() == header.firstSequence() + i) {
                sealed |= found.type() == RecordType.SEAL;
                proven = Math.max(proven, found.type() == RecordType.SEAL ? found.forced() : found.sequence());
                headers[i] = found.type() == RecordType.SEAL ? null : found;
            }
        }
        return headers;
    }

    /**
     * Reads all records, to the first that is torn.
     *
     * @throws UnusableFolderException if there is data for which not even the slot is known
     */
    void read(Visitor visitor) throws IOException {
        while (readRecord(visitor)) {
            nextSequence++;
        }
        tornBytes = bytesBehind();
    }

    /** What is behind the last record, but for zeros at the end. */
    private long bytesBehind() throws IOException {
        long last = position;
        long from = position;
        while (from < fileSize) {
            int length = (int) Math.min(WINDOW_BYTES, fileSize - from);
            has(from, length);
            for (int i = 0; i < length; i++) {
                if (window[offset(from) + i] != 0) {
                    last = from + i + 1;
                }
            }
            from += length;
        }
        return last - position;
    }

    private boolean readRecord(Visitor visitor) throws IOException {
        RecordHeader witness = witness();
        RecordHeader own = headerAt(position);
        if (own != null && own.sequence() != nextSequence) {
            own = null;
        }
        RecordHeader known = own == null ? witness : own;
        if (known == null) {
            return !endsHere();
        }
        byte[] payload = payload(known);
        if (payload == null && witness != null && !witness.equals(known)) {
            known = witness;
            payload = payload(known);
        }
        if (payload == null && !isProven() && isTorn(known)) {
            return false;
        }
        if (payload == null) {
            corrupt++;
        } else if (own == null) {
            recoveredFromIndex++;
        }
        if (!known.equals(witness) || !unwitnessed.isEmpty()) {
            unwitnessed.add(known);
        }
        highestSlot = Math.max(highestSlot, known.slot());
        position = known.end();
        visitor.record(known, payload);
        return true;
    }

    private @Nullable RecordHeader witness() {
        long place = nextSequence - header.firstSequence();
        return place < index.length ? index[(int) place] : null;
    }

    private @Nullable RecordHeader headerAt(long at) throws IOException {
        if (!has(at, RecordHeader.BYTES)) {
            return null;
        }
        RecordHeader found = RecordHeader.decode(window, offset(at), salt, name);
        return found != null && found.position() == at && found.length() >= 0 ? found : null;
    }

    private byte @Nullable [] payload(RecordHeader record) throws IOException {
        long begins = record.position() + RecordHeader.BYTES;
        if (record.length() == 0) {
            return NOTHING;
        }
        if (begins + record.length() > fileSize || !has(begins, record.length())) {
            return null;
        }
        var crc = new CRC32C();
        crc.update(window, offset(begins), record.length());
        if ((int) crc.getValue() != record.payloadChecksum()) {
            return null;
        }
        byte[] stored = new byte[record.length()];
        System.arraycopy(window, offset(begins), stored, 0, stored.length);
        return PayloadMask.apply(record.mask(), stored);
    }

    /** Whether the record to be read is known to have been durable; searches the following records for a proof. */
    private boolean isProven() throws IOException {
        if (nextSequence <= proven || searched) {
            return nextSequence <= proven;
        }
        searched = true;
        for (long at = position + RecordHeader.BYTES; has(at, RecordHeader.BYTES); at += RecordHeader.BYTES) {
            RecordHeader later = headerAt(at);
            if (later != null && later.sequence() > nextSequence) {
                proven = Math.max(proven, later.forced());
            }
        }
        return nextSequence <= proven;
    }

    /** There is no header where one is expected: whether the log ends here, complete or torn. */
    private boolean endsHere() throws IOException {
        // a bit that is flipped in space without records is no loss; a header has more bytes that are not zero
        boolean nothing = !has(position, RecordHeader.BYTES)
                || Segment.isNearlyZero(window, offset(position), offset(position) + RecordHeader.BYTES);
        if (nothing && !isProven()) {
            return true;
        }
        throw new UnusableFolderException("%s is corrupt at byte %d: neither record %d nor its slot can be read. %s"
                .formatted(name, position, nextSequence, Remedy.REPLACE));
    }

    private boolean isTorn(RecordHeader record) throws IOException {
        if (record.end() > fileSize) {
            return true;
        }
        long from = (record.position() / Segment.SECTOR_BYTES + 1) * Segment.SECTOR_BYTES;
        while (from < record.end()) {
            long to = Math.min(from + Segment.SECTOR_BYTES, record.end());
            has(from, (int) (to - from));
            if (Segment.isZero(window, offset(from), offset(to))) {
                return true;
            }
            from = to;
        }
        return false;
    }

    /** Whether the file has these bytes; if so, they are in the window. */
    private boolean has(long at, int length) throws IOException {
        if (at + length > fileSize) {
            return false;
        }
        if (at < windowBegins || at + length > windowBegins + windowLength) {
            int size = (int) Math.min(fileSize - at, Math.max(length, WINDOW_BYTES));
            if (window.length < size) {
                window = new byte[size];
            }
            windowBegins = at;
            windowLength = file.read(at, ByteBuffer.wrap(window, 0, size));
            if (windowLength < length) {
                throw new IOException("%s ended at byte %d while it was read".formatted(name, at + windowLength));
            }
        }
        return true;
    }

    private int offset(long at) {
        return (int) (at - windowBegins);
    }

    /** Writes the missing and corrupt parts of the index; the records must have been forced before. */
    void completeIndex() throws IOException {
        if (unwitnessed.isEmpty()) {
            return;
        }
        ByteBuffer headers = ByteBuffer.allocate(unwitnessed.size() * RecordHeader.BYTES);
        for (RecordHeader record : unwitnessed) {
            record.encode(headers, salt);
        }
        file.write(header.indexPosition(unwitnessed.getFirst().sequence()), headers.flip());
    }

    // results

    /** The sequence number after the last record. */
    long nextSequence() {
        return nextSequence;
    }

    /** The end of the last record. */
    long end() {
        return position;
    }

    /** The number of bytes after the last record, without zeros at the end. */
    long tornBytes() {
        return tornBytes;
    }

    /** Whether a successor was created. */
    boolean sealed() {
        return sealed;
    }

    long highestSlot() {
        return highestSlot;
    }

    /** Records that cannot be read though they were durable. */
    int corrupt() {
        return corrupt;
    }

    /** Records whose header is corrupt, and known from the index. */
    int recoveredFromIndex() {
        return recoveredFromIndex;
    }

    SegmentHeader header() {
        return header;
    }
}
