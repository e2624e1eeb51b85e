package io.orderly.coordinator.log;

import io.orderly.coordinator.consensus.Ballot;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The first {@value #BYTES} bytes of a record. A copy is in the index of the segment, far from the record itself: it shows that the record
 * was once durable, and its slot and ballot even if the record can no longer be read.
 *
 * <p>All but the payload of an accepted entry is in the header. It begins at a multiple of its size, so it is within one sector of the
 * disk, which is written completely or not at all.
 *
 * @param type the kind of record
 * @param mask applied to the payload; {@link PayloadMask#NONE} if no sector of it is zero, or could become zero by one flipped bit
 * @param length of the payload in bytes
 * @param payloadChecksum CRC32C of the payload as it is stored
 * @param sequence the number of the record in the log, from 1
 * @param slot the slot of the entry or mark; the only content of a mark
 * @param ballot of an entry; else {@link Ballot#ZERO}
 * @param forced every record up to this sequence number was durable when this one was written
 * @param position in the file, so that a record that was written to, or read from, the wrong place is detected
 */
record RecordHeader(
        RecordType type,
        int mask,
        int length,
        int payloadChecksum,
        long sequence,
        long slot,
        Ballot ballot,
        long forced,
        long position) {

    static final int BYTES = 64;
    static final byte VERSION = 2;

    /** Marks a header, even if its checksum is wrong. */
    private static final short MAGIC = 0x4f72;

    /** The position of the next record. */
    long end() {
        return position + BYTES + padded(length);
    }

    static long padded(int length) {
        return (length + BYTES - 1L) / BYTES * BYTES;
    }

    /** @param salt of the segment; a header of another one does not have the right checksum */
    void encode(ByteBuffer target, int salt) {
        int start = target.position();
        target.putInt(0)
                .putShort(MAGIC)
                .put(VERSION)
                .put(type.number)
                .putInt(length)
                .putInt(payloadChecksum)
                .putLong(sequence)
                .putLong(slot)
                .putLong(ballot.round())
                .putInt(ballot.node())
                .putInt(mask)
                .putLong(forced)
                .putLong(position);
        target.putInt(start, checksum(target.array(), target.arrayOffset() + start, salt));
    }

    /**
     * Reads a header.
     *
     * @param file named in errors
     * @return null if this is not an intact header of this segment
     * @throws UnusableFolderException if it is one, but written by a program newer than this one
     */
    static @Nullable RecordHeader decode(byte[] bytes, int offset, int salt, String file)
            throws UnusableFolderException {
        ByteBuffer source = ByteBuffer.wrap(bytes, offset, BYTES);
        int checksum = source.getInt();
        if (source.getShort() != MAGIC || checksum != checksum(bytes, offset, salt)) {
            return null;
        }
        byte version = source.get();
        byte number = source.get();
        RecordType type = RecordType.of(number);
        if (version != VERSION || type == null) {
            throw new UnusableFolderException(
                    "%s holds a record of version %d and type %d, this program knows version %d and types up to %d; start the newer program that wrote it"
                            .formatted(file, version, number, VERSION, RecordType.values().length));
        }
        int length = source.getInt();
        int payloadChecksum = source.getInt();
        long sequence = source.getLong();
        long slot = source.getLong();
        Ballot ballot = new Ballot(source.getLong(), source.getInt());
        int mask = source.getInt();
        return new RecordHeader(
                type, mask, length, payloadChecksum, sequence, slot, ballot, source.getLong(), source.getLong());
    }

    private static int checksum(byte[] bytes, int offset, int salt) {
        var crc = new CRC32C();
        crc.update(salt >>> 24);
        crc.update(salt >>> 16);
        crc.update(salt >>> 8);
        crc.update(salt);
        crc.update(bytes, offset + Integer.BYTES, BYTES - Integer.BYTES);
        return (int) crc.getValue();
    }
}
