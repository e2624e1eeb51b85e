package io.orderly.coordinator.log;

import io.orderly.coordinator.consensus.Ballot;
import io.orderly.coordinator.consensus.DurableRecord;
import io.orderly.coordinator.consensus.Entry;
import io.orderly.coordinator.consensus.Membership;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Payload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The cost of the log. It writes below {@code java.io.tmpdir}, which should be on the disk to be measured. After {@code mvn
 * -DskipTests package}, in the folder of this module:
 *
 * <pre>{@code
 * java -cp target/test-classes:target/classes:$(cat target/test-class-path) org.openjdk.jmh.Main LogBenchmark
 * }</pre>
 */
@Fork(value = 1, jvmArgs = "-Xmx4g")
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 3)
public class LogBenchmark {

    private static final NodeIdentity IDENTITY = new NodeIdentity(new UUID(1, 1), new NodeId(1));
    private static final Ballot BALLOT = new Ballot(1, 1);
    private static final int GROUP = 100;

    private static DataFolder open(FolderDisk disk, FsyncPolicy fsync) throws IOException {
        var settings = new LogSettings(64 << 20, 1 << 16, fsync);
        if (disk.names().isEmpty()) {
            DataFolder.create(disk, IDENTITY, 7, Membership.of(1, 2, 3), settings);
        }
        return DataFolder.open(disk, IDENTITY, settings);
    }

    private static byte[] command(int length) {
        byte[] command = new byte[length];
        new SplittableRandom(1).nextBytes(command);
        return command;
    }

    private static void delete(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** A log on the file system that forces each commit. */
    @State(Scope.Benchmark)
    public static class Durable {

        private final byte[] command = command(256);
        private Path path;
        private FolderDisk disk;
        private DataFolder folder;
        private long slot;

        @Setup
        public void open() throws IOException {
            path = Files.createTempDirectory("log-benchmark");
            disk = FolderDisk.take(path);
            folder = LogBenchmark.open(disk, FsyncPolicy.ALWAYS);
            folder.log().append(new DurableRecord.Promised(BALLOT));
        }

        void append() throws IOException {
            slot++;
            folder.log().append(new DurableRecord.Accepted(new Entry(slot, BALLOT, new Payload.Command(command))));
        }

        @TearDown
        public void close() throws IOException {
            folder.close();
            disk.close();
            delete(path);
        }
    }

    @Benchmark
    @BenchmarkMode(Mode.Throughput)
    public long appendOneAndForce(Durable durable) throws IOException {
        durable.append();
        return durable.folder.log().commit();
    }

    /** Time per record; {@value #GROUP} records share a force. */
    @Benchmark
    @BenchmarkMode(Mode.Throughput)
    @OperationsPerInvocation(GROUP)
    public long appendManyAndForce(Durable durable) throws IOException {
        for (int i = 0; i < GROUP; i++) {
            durable.append();
        }
        return durable.folder.log().commit();
    }

    /** One record in memory. */
    @State(Scope.Benchmark)
    public static class InMemory {

        private final byte[] command = command(256);
        private final ByteBuffer buffer = ByteBuffer.allocate(1024);

        @Setup
        public void write() {
            encode();
        }

        private ByteBuffer encode() {
            var crc = new CRC32C();
            crc.update(command);
            buffer.clear();
            new RecordHeader(
                            RecordType.COMMAND,
                            PayloadMask.NONE,
                            command.length,
                            (int) crc.getValue(),
                            7,
                            7,
                            BALLOT,
                            6,
                            4096)
                    .encode(buffer, 5);
            return buffer.put(command);
        }
    }

    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    public ByteBuffer encode(InMemory record) {
        return record.encode();
    }

    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    public boolean decode(InMemory record) throws IOException {
        RecordHeader header = RecordHeader.decode(record.buffer.array(), 0, 5, "memory");
        var crc = new CRC32C();
        crc.update(record.buffer.array(), RecordHeader.BYTES, header.length());
        return (int) crc.getValue() == header.payloadChecksum();
    }

    /** A log of 1 GiB, in commands of 4 KiB. */
    @State(Scope.Benchmark)
    public static class Large {

        private static final int COMMAND_BYTES = 4 << 10;

        private Path path;

        @Setup
        public void write() throws IOException {
            path = Files.createTempDirectory("log-benchmark");
            byte[] command = command(COMMAND_BYTES);
            try (FolderDisk disk = FolderDisk.take(path);
                    DataFolder folder = open(disk, FsyncPolicy.NEVER)) {
                folder.log().append(new DurableRecord.Promised(BALLOT));
                for (long slot = 1; slot <= (1L << 30) / COMMAND_BYTES; slot++) {
                    folder.log()
                            .append(new DurableRecord.Accepted(new Entry(slot, BALLOT, new Payload.Command(command))));
                }
            }
        }

        @TearDown
        public void delete() throws IOException {
            LogBenchmark.delete(path);
        }
    }

    /** Every byte is read from the page cache, checked, and kept in memory in the representation of the replica. */
    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    @Warmup(iterations = 1)
    @Measurement(iterations = 3)
    public int recoverOneGibibyte(Large large) throws IOException {
        try (FolderDisk disk = FolderDisk.take(large.path);
                DataFolder folder = open(disk, FsyncPolicy.ALWAYS)) {
            return folder.recovery().state().entries().size();
        }
    }
}
