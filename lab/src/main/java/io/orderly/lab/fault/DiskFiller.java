package io.orderly.lab.fault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that takes all the room there is on a small file system. */
final class DiskFiller implements Injection {

    /** What may be filled: nobody's root file system is this small. */
    private static final long LARGEST_FILE_SYSTEM_BYTES = 2L << 30;

    private static final int PIECE_BYTES = 1 << 20;

    private final Path file;
    private final long sizeBytes;
    private final boolean full;

    private DiskFiller(Path file, long sizeBytes, boolean full) {
        this.file = file;
        this.sizeBytes = sizeBytes;
        this.full = full;
    }

    /** @throws FaultInjectionException if the folder does not lie on a small file system */
    static DiskFiller start(Path folder) {
        try {
            long totalBytes = Files.getFileStore(folder).getTotalSpace();
            if (totalBytes > LARGEST_FILE_SYSTEM_BYTES) {
                throw new FaultInjectionException(
                        "process",
                        "must keep its data on a small file system of its own: that of %s has %d MiB, and at most %d may be filled"
                                .formatted(folder, totalBytes >> 20, LARGEST_FILE_SYSTEM_BYTES >> 20));
            }
            Path file = folder.resolve("balloon");
            boolean full = fill(file);
            return new DiskFiller(file, Files.size(file), full);
        } catch (IOException e) {
            throw new FaultInjectionException("the disk cannot be filled", e);
        }
    }

    private static boolean fill(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (int piece = PIECE_BYTES; piece > 0; piece /= 16) {
                ByteBuffer nothing = ByteBuffer.allocate(piece);
                try {
                    while (true) {
                        channel.write(nothing.clear());
                    }
                } catch (IOException noRoomForThis) {
                    // a smaller piece may still fit
                }
            }
            return true;
        }
    }

    @Override
    public Effect effect() {
        return new Effect(
                full && sizeBytes > 0,
                "%d bytes took the last room beside %s".formatted(sizeBytes, file.getFileName()));
    }

    @Override
    public void heal() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new FaultInjectionException(file + " cannot be deleted", e);
        }
    }
}
