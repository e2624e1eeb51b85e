package io.orderly.lab.fault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Fills a small file system: writes a file until no space is left. */
final class DiskFiller implements Injection {

    /** The largest file system that may be filled; a root file system is larger. */
    private static final long LARGEST_FILE_SYSTEM_BYTES = 2L << 30;

    private static final int CHUNK_BYTES = 1 << 20;

    private final Path file;
    private final long sizeBytes;
    private final boolean full;

    private DiskFiller(Path file, long sizeBytes, boolean full) {
        this.file = file;
        this.sizeBytes = sizeBytes;
        this.full = full;
    }

    /** @throws FaultInjectionException if the file system of the folder is too large, or cannot be filled */
    static DiskFiller start(Path folder) {
        try {
            long totalBytes = Files.getFileStore(folder).getTotalSpace();
            if (totalBytes > LARGEST_FILE_SYSTEM_BYTES) {
                throw new FaultInjectionException(
                        "process",
                        "must keep its data on a separate small file system: that of %s has %d MiB, and the limit is %d MiB"
                                .formatted(folder, totalBytes >> 20, LARGEST_FILE_SYSTEM_BYTES >> 20));
            }
            Path file = folder.resolve("disk-filler");
            boolean full = fill(file);
            return new DiskFiller(file, Files.size(file), full);
        } catch (IOException e) {
            throw new FaultInjectionException("the disk cannot be filled", e);
        }
    }

    private static boolean fill(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (int chunk = CHUNK_BYTES; chunk > 0; chunk /= 16) {
                ByteBuffer zeros = ByteBuffer.allocate(chunk);
                try {
                    while (true) {
                        channel.write(zeros.clear());
                    }
                } catch (IOException noSpaceLeft) {
                    // a smaller chunk may still fit
                }
            }
            return true;
        }
    }

    @Override
    public Effect effect() {
        return new Effect(
                full && sizeBytes > 0,
                "a file of %d bytes filled the file system of %s".formatted(sizeBytes, file.getFileName()));
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
