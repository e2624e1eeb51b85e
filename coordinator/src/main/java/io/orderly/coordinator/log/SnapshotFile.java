package io.orderly.coordinator.log;

import io.orderly.coordinator.consensus.EffectiveMembership;
import io.orderly.coordinator.consensus.Snapshot;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * The file format of a snapshot, equal on all nodes, so that a node sends the file as it is and the receiver checks it like its
 * own: a header, blocks with lengths and checksums, all but the last of them full, and an end with the checksum of all.
 */
final class SnapshotFile {

    static final int HEADER_BYTES = 512;
    static final int BLOCK_BYTES = 64 << 10;
    static final int BLOCK_HEADER_BYTES = 2 * Integer.BYTES;
    static final int END_BYTES = BLOCK_HEADER_BYTES + Long.BYTES;

    private static final long MAGIC = 0x4f72646572_536e61L;
    private static final int VERSION = 1;
    private static final Pattern NAME = Pattern.compile("snapshot-(\\d{19})");

    private SnapshotFile() {}

    static String name(long slot) {
        return "snapshot-%019d".formatted(slot);
    }

    /** @return the slot of the snapshot of this name, or -1 if it is no snapshot's */
    static long slotOf(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
    }

    static ByteBuffer header(UUID cluster, long slot, EffectiveMembership effectiveMembership) {
        ByteBuffer target = ByteBuffer.allocate(HEADER_BYTES);
        target.putLong(MAGIC)
                .putInt(VERSION)
                .putLong(cluster.getMostSignificantBits())
                .putLong(cluster.getLeastSignificantBits())
                .putLong(slot)
                .putLong(effectiveMembership.slot());
        PayloadCodec.encode(effectiveMembership.membership(), target);
        target.putInt(HEADER_BYTES - Integer.BYTES, checksum(target));
        return target.clear();
    }

    static int checksum(ByteBuffer header) {
        var crc = new CRC32C();
        crc.update(header.array(), 0, HEADER_BYTES - Integer.BYTES);
        return (int) crc.getValue();
    }

    /** The content of a snapshot, checked block by block as it is read. A corrupt block is never returned. */
    static final class Content extends InputStream {

        private final DiskFile file;
        private final String name;
        private final long fileSize;
        private final CRC32C whole = new CRC32C();
        private final Snapshot snapshot;
        private ByteBuffer block = ByteBuffer.allocate(0);
        private long position = HEADER_BYTES;
        private long contentBytes;
        private boolean ended;

        /**
         * Reads the header.
         *
         * @throws CorruptSnapshotException if the file is corrupt, or does not match its name
         * @throws UnusableFolderException if it is of another cluster, or newer than this program
         */
        Content(DiskFile file, String name, UUID cluster, long slot) throws IOException {
            this.file = file;
            this.name = name;
            this.fileSize = file.size();
            ByteBuffer header = read(0, HEADER_BYTES);
            long magic = header.getLong();
            int version = header.getInt();
            if (magic == MAGIC && version > VERSION) {
                throw new UnusableFolderException(
                        "%s has version %d, this program knows versions up to %d; start the newer program that wrote it"
                                .formatted(name, version, VERSION));
            }
            if (magic != MAGIC || header.getInt(HEADER_BYTES - Integer.BYTES) != checksum(header)) {
                throw new CorruptSnapshotException(name, "its header does not have the right checksum");
            }
            var found = new UUID(header.getLong(), header.getLong());
            if (!found.equals(cluster)) {
                throw new UnusableFolderException(
                        "%s is of cluster %s, not of %s; %s".formatted(name, found, cluster, Remedy.OWN_FOLDER));
            }
            long itsSlot = header.getLong();
            if (itsSlot != slot) {
                throw new CorruptSnapshotException(name, "it is the one of slot " + itsSlot);
            }
            this.snapshot = new Snapshot(
                    slot, new EffectiveMembership(header.getLong(), PayloadCodec.decodeMembership(header)), fileSize);
        }

        Snapshot snapshot() {
            return snapshot;
        }

        private ByteBuffer read(long at, int length) throws IOException {
            ByteBuffer bytes = ByteBuffer.allocate(length);
            if (at + length > fileSize || file.read(at, bytes) < length) {
                throw new CorruptSnapshotException(name, "it was truncated: it has %d bytes".formatted(fileSize));
            }
            return bytes.flip();
        }

        private boolean nextBlock() throws IOException {
            while (!ended && !block.hasRemaining()) {
                ByteBuffer lead = read(position, BLOCK_HEADER_BYTES);
                int length = lead.getInt();
                int checksum = lead.getInt();
                if (length < 0 || length > BLOCK_BYTES) {
                    throw new CorruptSnapshotException(name, "no block has the length at byte " + position);
                }
                if (length == 0) {
                    end(checksum);
                } else {
                    readBlock(length, checksum);
                }
            }
            return !ended;
        }

        private void readBlock(int length, int checksum) throws IOException {
            ByteBuffer bytes = read(position + BLOCK_HEADER_BYTES, length);
            var crc = new CRC32C();
            crc.update(bytes.array());
            if ((int) crc.getValue() != checksum) {
                throw new CorruptSnapshotException(name, "the block at byte " + position + " is corrupt");
            }
            whole.update(bytes.array());
            contentBytes += length;
            position += BLOCK_HEADER_BYTES + length;
            block = bytes;
        }

        private void end(int checksum) throws IOException {
            long total = read(position + BLOCK_HEADER_BYTES, Long.BYTES).getLong();
            if (checksum != (int) whole.getValue() || total != contentBytes || position + END_BYTES != fileSize) {
                throw new CorruptSnapshotException(name, "its end does not have the right checksum");
            }
            ended = true;
        }

        @Override
        public int read() throws IOException {
            return nextBlock() ? block.get() & 0xff : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, target.length);
            if (length == 0) {
                return 0;
            }
            if (!nextBlock()) {
                return -1;
            }
            int count = Math.min(length, block.remaining());
            block.get(target, offset, count);
            return count;
        }

        /** @throws CorruptSnapshotException if any part of it is corrupt */
        void checkAll() throws IOException {
            while (nextBlock()) {
                block.position(block.limit());
            }
        }

        /** The checksum of everything that was read. */
        int contentChecksum() {
            return (int) whole.getValue();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
