package io.orderly.coordinator.log;

import io.orderly.coordinator.consensus.Ballot;
import io.orderly.coordinator.consensus.Membership;
import io.orderly.coordinator.consensus.NodeId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The owner of the folder, and the node's promise: stored twice, since no other node has it.
 *
 * <p>Both copies are forced, one after the other, before a promise counts as durable. So a copy torn by a crash is the one being
 * written, and the other holds the previous promise, or the new one; and if one copy becomes corrupt, the other holds everything
 * acknowledged. Whatever happens to one copy, the other is correct, and the two cases need not be distinguished. If both are
 * unreadable, the promise is lost and the node must not run.
 */
final class NodeFile {

    /** One sector, which is written completely or not at all. */
    static final int BYTES = 512;

    static final List<String> COPIES = List.of("node-a", "node-b");

    private static final long MAGIC = 0x4f72646572_4e6f64L;
    private static final int VERSION = 1;

    private final Disk disk;
    private Content content;

    /**
     * @param incarnation of the folder
     * @param generation the number of writes
     * @param promised the highest promise
     * @param initialMembership as given when the folder was created
     */
    private record Content(
            NodeIdentity identity, long incarnation, long generation, Ballot promised, Membership initialMembership) {}

    private NodeFile(Disk disk, Content content) {
        this.disk = disk;
        this.content = content;
    }

    static boolean exists(List<String> names) {
        return COPIES.stream().anyMatch(names::contains);
    }

    /** Writes both copies; with the first, the folder is that of a node. */
    static void create(
            Disk disk, NodeIdentity identity, long incarnation, Ballot promised, Membership initialMembership)
            throws IOException {
        var file = new NodeFile(disk, new Content(identity, incarnation, 1, promised, initialMembership));
        for (String copy : COPIES) {
            file.replace(copy);
        }
    }

    /**
     * Reads both copies, and makes them equal.
     *
     * @throws UnusableFolderException if neither can be read, or the folder is that of another node
     */
    static NodeFile open(Disk disk, NodeIdentity expected) throws IOException {
        Content newest = null;
        Content[] read = new Content[COPIES.size()];
        for (int i = 0; i < read.length; i++) {
            Content content = read(disk, COPIES.get(i));
            read[i] = content;
            if (content != null && (newest == null || content.generation > newest.generation)) {
                newest = content;
            }
        }
        if (newest == null) {
            throw new UnusableFolderException(
                    "%s of %s are both corrupt: the node does not know what it has promised, and could violate its promise. %s"
                            .formatted(String.join(" and ", COPIES), disk, Remedy.REPLACE));
        }
        if (!newest.identity.equals(expected)) {
            throw new UnusableFolderException("%s is the folder of %s, not of %s; %s"
                    .formatted(disk, newest.identity, expected, Remedy.OWN_FOLDER));
        }
        var file = new NodeFile(disk, newest);
        for (int i = 0; i < read.length; i++) {
            if (newest.equals(read[i])) {
                // it may have been written by a process that was killed before it forced it
                try (DiskFile copy = disk.open(COPIES.get(i))) {
                    copy.force();
                }
            } else {
                file.replace(COPIES.get(i));
            }
        }
        return file;
    }

    private static @Nullable Content read(Disk disk, String name) throws IOException {
        if (!disk.names().contains(name)) {
            return null;
        }
        ByteBuffer source = ByteBuffer.allocate(BYTES);
        try (DiskFile file = disk.open(name)) {
            if (file.read(0, source) < BYTES) {
                return null;
            }
        }
        source.flip();
        long magic = source.getLong();
        if (magic != MAGIC || source.getInt(BYTES - Integer.BYTES) != checksum(source)) {
            return null;
        }
        int version = source.getInt();
        if (version != VERSION) {
            throw new UnusableFolderException(
                    "%s of %s has version %d, this program knows versions up to %d; start the newer program that wrote it"
                            .formatted(name, disk, version, VERSION));
        }
        return new Content(
                new NodeIdentity(new UUID(source.getLong(), source.getLong()), new NodeId(source.getInt())),
                source.getLong(),
                source.getLong(),
                new Ballot(source.getLong(), source.getInt()),
                PayloadCodec.decodeMembership(source));
    }

    long incarnation() {
        return content.incarnation;
    }

    Ballot promised() {
        return content.promised;
    }

    Membership initialMembership() {
        return content.initialMembership;
    }

    /** Makes a promise durable. It takes two forces, one after the other; elections are rare. */
    void promise(Ballot ballot) throws IOException {
        Content next = new Content(
                content.identity, content.incarnation, content.generation + 1, ballot, content.initialMembership);
        for (String copy : COPIES) {
            try (DiskFile file = disk.open(copy)) {
                file.write(0, encode(next));
                file.force();
            }
        }
        content = next;
    }

    private void replace(String copy) throws IOException {
        String temporary = copy + Disk.TEMPORARY;
        disk.delete(temporary);
        try (DiskFile file = disk.create(temporary)) {
            file.write(0, encode(content));
            file.force();
        }
        disk.rename(temporary, copy);
        disk.force();
    }

    private static ByteBuffer encode(Content content) {
        ByteBuffer target = ByteBuffer.allocate(BYTES);
        target.putLong(MAGIC)
                .putInt(VERSION)
                .putLong(content.identity.cluster().getMostSignificantBits())
                .putLong(content.identity.cluster().getLeastSignificantBits())
                .putInt(content.identity.node().value())
                .putLong(content.incarnation)
                .putLong(content.generation)
                .putLong(content.promised.round())
                .putInt(content.promised.node());
        PayloadCodec.encode(content.initialMembership, target);
        target.putInt(BYTES - Integer.BYTES, checksum(target));
        return target.clear();
    }

    private static int checksum(ByteBuffer bytes) {
        var crc = new CRC32C();
        crc.update(Arrays.copyOf(bytes.array(), BYTES - Integer.BYTES));
        return (int) crc.getValue();
    }
}
