package io.orderly.coordinator.fault;

import io.orderly.coordinator.log.Disk;
import io.orderly.coordinator.log.DiskFile;
import io.orderly.coordinator.log.DiskFullException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/**
 * A disk that takes longer to make writes durable, as one does that other processes keep busy, or that is full: no file is created, and none
 * grows, while files can be written within their size, read, truncated and deleted.
 */
final class FaultyDisk implements Disk {

    private final Disk disk;
    private final FaultFile faults;

    FaultyDisk(Disk disk, FaultFile faults) {
        this.disk = disk;
        this.faults = faults;
    }

    private void requireSpace() throws DiskFullException {
        if (faults.refusesSpace()) {
            throw new DiskFullException("No space left on device (simulated)");
        }
    }

    private void delay() throws InterruptedIOException {
        Duration delay = faults.forceDelay();
        if (!delay.isPositive()) {
            return;
        }
        try {
            Thread.sleep(delay);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the disk was slow");
        }
    }

    @Override
    public List<String> names() throws IOException {
        return disk.names();
    }

    @Override
    public DiskFile open(String name) throws IOException {
        return new FaultyFile(disk.open(name));
    }

    @Override
    public DiskFile create(String name) throws IOException {
        requireSpace();
        return new FaultyFile(disk.create(name));
    }

    @Override
    public void rename(String from, String to) throws IOException {
        disk.rename(from, to);
    }

    @Override
    public void delete(String name) throws IOException {
        disk.delete(name);
    }

    @Override
    public void force() throws IOException {
        delay();
        disk.force();
    }

    @Override
    public long freeBytes() throws IOException {
        return faults.refusesSpace() ? 0 : disk.freeBytes();
    }

    @Override
    public String toString() {
        return disk.toString();
    }

    private final class FaultyFile implements DiskFile {

        private final DiskFile file;

        FaultyFile(DiskFile file) {
            this.file = file;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void write(long position, ByteBuffer source) throws IOException {
            if (position + source.remaining() > file.size()) {
                requireSpace();
            }
            file.write(position, source);
        }

        @Override
        public int read(long position, ByteBuffer target) throws IOException {
            return file.read(position, target);
        }

        @Override
        public void truncate(long size) throws IOException {
            file.truncate(size);
        }

        @Override
        public void force() throws IOException {
            delay();
            file.force();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
