package io.orderly.coordinator.log;

import io.orderly.coordinator.consensus.NodeId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * The first {@value #BYTES} bytes of a segment. It is durable before the file has its name, so it is never torn.
 *
 * @param number of the segment, from 1
 * @param firstSequence of its first record: the number of all records before it, plus 1
 * @param indexCapacity how many headers fit between this one and the first record, the seal among them
 * @param lowWaterMark as marked in the segments before
 * @param commitMark as marked in the segments before
 */
record SegmentHeader(
        NodeIdentity identity, long number, long firstSequence, int indexCapacity, long lowWaterMark, long commitMark) {

    static final int BYTES = 4096;

    private static final long MAGIC = 0x4f72646572_4c6f67L;
    private static final int VERSION = 1;
    private static final int CHECKED_BYTES = 76;
    private static final Pattern NAME = Pattern.compile("segment-(\\d{19})");

    static String name(long number) {
        return "segment-%019d".formatted(number);
    }

    /** @return the number of the segment of this name, or -1 if it is no segment's */
    static long numberOf(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
    }

    String name() {
        return name(number);
    }

    /** The position of the first record. */
    long recordsBegin() {
        return BYTES + (long) indexCapacity * RecordHeader.BYTES;
    }

    /** The position in the index of the copy of a header. */
    long indexPosition(long sequence) {
        return BYTES + (sequence - firstSequence) * RecordHeader.BYTES;
    }

    /** Included in the checksum of each record, so that records of another folder or segment are never valid. */
    int salt() {
        ByteBuffer bytes = ByteBuffer.allocate(3 * Long.BYTES + Integer.BYTES)
                .putLong(identity.cluster().getMostSignificantBits())
                .putLong(identity.cluster().getLeastSignificantBits())
                .putLong(number)
                .putInt(identity.node().value());
        var crc = new CRC32C();
        crc.update(bytes.flip());
        return (int) crc.getValue();
    }

    ByteBuffer encode() {
        ByteBuffer target = ByteBuffer.allocate(BYTES);
        target.putLong(MAGIC)
                .putInt(VERSION)
                .putLong(identity.cluster().getMostSignificantBits())
                .putLong(identity.cluster().getLeastSignificantBits())
                .putInt(identity.node().value())
                .putLong(number)
                .putLong(firstSequence)
                .putInt(indexCapacity)
                .putLong(lowWaterMark)
                .putLong(commitMark);
        target.putInt(CHECKED_BYTES, checksum(target));
        return target.clear();
    }

    /** Reads the header of a segment, and checks its number and owner. */
    static SegmentHeader read(DiskFile file, String name, NodeIdentity expected) throws IOException {
        ByteBuffer source = ByteBuffer.allocate(BYTES);
        int count = file.read(0, source);
        source.flip();
        if (count < BYTES) {
            throw new UnusableFolderException("%s has %d bytes, less than its header: it was truncated. %s"
                    .formatted(name, count, Remedy.REPLACE));
        }
        long magic = source.getLong();
        int version = source.getInt();
        if (magic == MAGIC && version > VERSION) {
            throw new UnusableFolderException(
                    "%s has version %d, this program knows versions up to %d; start the newer program that wrote it"
                            .formatted(name, version, VERSION));
        }
        if (magic != MAGIC || version != VERSION || source.getInt(CHECKED_BYTES) != checksum(source)) {
            throw new UnusableFolderException("the header of %s does not have the right checksum: it is corrupt. %s"
                    .formatted(name, Remedy.REPLACE));
        }
        NodeIdentity identity =
                new NodeIdentity(new UUID(source.getLong(), source.getLong()), new NodeId(source.getInt()));
        SegmentHeader header = new SegmentHeader(
                identity, source.getLong(), source.getLong(), source.getInt(), source.getLong(), source.getLong());
        if (!identity.equals(expected)) {
            throw new UnusableFolderException(
                    "%s is of %s, not of %s; %s".formatted(name, identity, expected, Remedy.OWN_FOLDER));
        }
        if (header.number != numberOf(name)) {
            throw new UnusableFolderException("%s is segment %d according to its header; restore its original name"
                    .formatted(name, header.number));
        }
        return header;
    }

    private static int checksum(ByteBuffer bytes) {
        var crc = new CRC32C();
        crc.update(bytes.array(), 0, CHECKED_BYTES);
        return (int) crc.getValue();
    }
}
