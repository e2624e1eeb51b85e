package io.orderly.coordinator.fault;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The current faults of a machine, in a file that two processes map into their memory: one sets them, and the member reads them at each use
 * of its clock or its disk. They outlive both processes. Thread-safe.
 */
public final class FaultFile {

    private static final int CLOCK_OFFSET = 0;
    private static final int FORCE_DELAY = Long.BYTES;
    private static final int DISK_FULL = 2 * Long.BYTES;
    private static final int REFUSALS = 3 * Long.BYTES;
    private static final int SIZE = 4 * Long.BYTES;

    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final ByteBuffer memory;

    private FaultFile(ByteBuffer memory) {
        this.memory = memory;
    }

    /** The place of the file of a member: next to the folder for its data. */
    public static Path beside(Path data) {
        return data.resolveSibling(data.getFileName() + ".faults");
    }

    /** Opens the file; without one, a file without faults is created. */
    public static FaultFile open(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, CREATE, READ, WRITE)) {
            return new FaultFile(channel.map(MapMode.READ_WRITE, 0, SIZE));
        }
    }

    /** What is added to the wall clock, in whole milliseconds; negative for a clock that is slow. */
    public Duration clockOffset() {
        return Duration.ofMillis(clockOffsetMillis());
    }

    long clockOffsetMillis() {
        return (long) LONG.getVolatile(memory, CLOCK_OFFSET);
    }

    /** Sets the wall clock forward or back. */
    public void setClockOffset(Duration offset) {
        LONG.setVolatile(memory, CLOCK_OFFSET, offset.toMillis());
    }

    /** How much longer the disk takes for each force; zero if it is not slow. */
    public Duration forceDelay() {
        return Duration.ofNanos((long) LONG.getVolatile(memory, FORCE_DELAY));
    }

    /** @param delay not negative */
    public void setForceDelay(Duration delay) {
        LONG.setVolatile(memory, FORCE_DELAY, delay.toNanos());
    }

    /** Whether the disk refuses all writes that need space. */
    public boolean isDiskFull() {
        return (long) LONG.getVolatile(memory, DISK_FULL) != 0;
    }

    /** Lets the disk refuse all writes that need space, or accept them again. */
    public void setDiskFull(boolean isFull) {
        LONG.setVolatile(memory, DISK_FULL, isFull ? 1L : 0L);
    }

    /** How often the member found no space, since the file was created. */
    public long refusals() {
        return (long) LONG.getVolatile(memory, REFUSALS);
    }

    /** Whether the disk is full now; if it is, this use of it is counted. */
    boolean refusesSpace() {
        boolean isFull = isDiskFull();
        if (isFull) {
            LONG.getAndAdd(memory, REFUSALS, 1L);
        }
        return isFull;
    }
}
