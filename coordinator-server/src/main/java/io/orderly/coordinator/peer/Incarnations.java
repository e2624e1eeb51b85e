package io.orderly.coordinator.peer;

import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.log.Disk;
import io.orderly.coordinator.log.DiskFile;
import io.orderly.coordinator.log.UnusableFolderException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The incarnation of each other member, in the file {@value #FILE} of the data folder. The first incarnation of a member is kept
 * permanently: a member with another one has lost its promises, and must not be part of a quorum.
 *
 * <p>Each line has an id and an incarnation. A line may be deleted manually, while this member is stopped, if the other member has
 * certainly lost nothing.
 *
 * <p>Thread-safe, and no method waits for the disk. A new member costs two fsyncs, on another thread.
 */
public final class Incarnations {

    private static final String FILE = "peers";
    private static final Pattern LINE = Pattern.compile("(\\d{1,9}) ([0-9a-f]{16})");

    /** More ids than a cluster uses. */
    private static final int MAX_IDS = 10_000;

    private static final int MAX_FILE_BYTES = MAX_IDS * 27;

    private final Disk disk;

    /** Durable, and never changed but replaced. */
    private volatile SortedMap<NodeId, Long> known;

    private Incarnations(Disk disk, SortedMap<NodeId, Long> known) {
        this.disk = disk;
        this.known = known;
    }

    /**
     * Reads the file, if there is one.
     *
     * @param disk the data folder, which has been created and is locked
     * @throws UnusableFolderException if the file is malformed
     */
    public static Incarnations open(Disk disk) throws IOException {
        var known = new TreeMap<NodeId, Long>();
        if (disk.names().contains(FILE)) {
            for (String line : read(disk).lines().toList()) {
                Matcher matcher = LINE.matcher(line);
                if (!matcher.matches() || matcher.group(1).matches("0+")) {
                    throw unusable(disk, "'%s' is no line of it".formatted(line));
                }
                known.put(
                        new NodeId(Integer.parseInt(matcher.group(1))),
                        HexFormat.fromHexDigitsToLong(matcher.group(2)));
            }
        }
        return new Incarnations(disk, known);
    }

    private static String read(Disk disk) throws IOException {
        try (DiskFile file = disk.open(FILE)) {
            if (file.size() > MAX_FILE_BYTES) {
                throw unusable(disk, "it has %d bytes".formatted(file.size()));
            }
            ByteBuffer content = ByteBuffer.allocate((int) file.size());
            file.read(0, content);
            return StandardCharsets.US_ASCII.decode(content.flip()).toString();
        }
    }

    private static UnusableFolderException unusable(Disk disk, String reason) {
        return new UnusableFolderException(
                "the file %s of %s is corrupt: %s. Delete it if no other member has lost its data folder; their incarnations are then recorded again"
                        .formatted(FILE, disk, reason));
    }

    /** Whether a member has its recorded incarnation, or none is recorded. Records nothing. */
    boolean isAdmissible(NodeId node, long incarnation) {
        Long before = known.get(node);
        return before == null || before == incarnation;
    }

    /**
     * Whether a member has its recorded incarnation, or none was recorded. In the second case its incarnation is durable when this
     * completes.
     *
     * @return completed if an incarnation is recorded; fails with an {@link IOException} if the incarnation cannot be made durable, which
     *     is not recorded then
     */
    CompletableFuture<Boolean> admits(NodeId node, long incarnation) {
        if (known.containsKey(node)) {
            return CompletableFuture.completedFuture(isAdmissible(node, incarnation));
        }
        var admission = new CompletableFuture<Boolean>();
        Thread.ofPlatform().name("peer-incarnations").daemon().start(() -> {
            try {
                admission.complete(records(node, incarnation));
            } catch (IOException | RuntimeException e) {
                admission.completeExceptionally(e);
            }
        });
        return admission;
    }

    private synchronized boolean records(NodeId node, long incarnation) throws IOException {
        if (known.containsKey(node)) {
            return isAdmissible(node, incarnation);
        }
        if (known.size() >= MAX_IDS) {
            throw new IOException("the file %s of %s has %d members".formatted(FILE, disk, MAX_IDS));
        }
        var next = new TreeMap<>(known);
        next.put(node, incarnation);
        write(next);
        known = next;
        return true;
    }

    private void write(SortedMap<NodeId, Long> content) throws IOException {
        var text = new StringBuilder();
        var hex = HexFormat.of();
        content.forEach((node, incarnation) -> text.append(node.value())
                .append(' ')
                .append(hex.toHexDigits(incarnation))
                .append('\n'));
        String temporary = FILE + Disk.TEMPORARY;
        disk.delete(temporary);
        try (DiskFile file = disk.create(temporary)) {
            file.write(0, ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.US_ASCII)));
            file.force();
        }
        disk.rename(temporary, FILE);
        disk.force();
    }
}
