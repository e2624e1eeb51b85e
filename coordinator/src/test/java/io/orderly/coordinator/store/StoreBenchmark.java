package io.orderly.coordinator.store;

import io.orderly.coordinator.consensus.Ballot;
import io.orderly.coordinator.consensus.Entry;
import io.orderly.coordinator.consensus.Payload;
import io.orderly.coordinator.store.StoreCommand.InSession;
import io.orderly.coordinator.store.StoreCommand.Put;
import io.orderly.coordinator.store.StoreCommand.Txn;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the state costs: commands as they come out of the log, reads, snapshots. After {@code mvn -DskipTests package}, in the folder of
 * this module:
 *
 * <pre>{@code
 * java -cp target/test-classes:target/classes:$(cat target/test-class-path) org.openjdk.jmh.Main StoreBenchmark
 * }</pre>
 */
@Fork(value = 1, jvmArgs = "-Xmx4g")
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StoreBenchmark {

    private static final Ballot BALLOT = new Ballot(1, 1);
    private static final int VALUE_BYTES = 256;
    private static final int COMPACT_EVERY = 50_000;

    /** A store with this many keys, compacted at intervals. */
    @State(Scope.Benchmark)
    public static class Filled {

        @Param({"10000", "1000000"})
        int keys;

        private final SplittableRandom random = new SplittableRandom(1);
        private final Bytes value = Bytes.of(new byte[VALUE_BYTES]);
        private Store store;
        private StoreMachine machine;
        private long slot;
        private long sequence;

        @Setup(Level.Iteration)
        public void fill() {
            StoreLimits most = StoreLimits.DEFAULTS;
            store = new Store(
                    new StoreListener() {},
                    new StoreLimits(
                            2L << 30,
                            most.maxKeyBytes(),
                            most.maxValueBytes(),
                            most.maxOperations(),
                            most.maxLeases(),
                            most.minLeaseTtlMillis(),
                            most.maxLeaseTtlMillis(),
                            most.maxSessions(),
                            most.maxSessionWindow(),
                            most.maxKeptAnswerBytes(),
                            most.maxKeptBytes()));
            machine = new StoreMachine(store);
            for (int i = 0; i < keys; i++) {
                store.apply(Put.of(key(i), value));
            }
            store.apply(new StoreCommand.Compact(store.now().revision()));
            while (!store.snapshot().keyspace.isSwept()) {
                store.apply(new StoreCommand.RaiseTimestampBound(0));
            }
            store.apply(new StoreCommand.LeaseGrant(1, 60_000));
            store.apply(new StoreCommand.SessionOpen(1));
            sequence = 0;
        }

        private static Bytes key(int number) {
            return Bytes.utf8("/orders/%09d".formatted(number));
        }

        private Bytes anyKey() {
            return key(random.nextInt(keys));
        }

        private StoreResponse apply(StoreCommand command) {
            slot++;
            if (slot % COMPACT_EVERY == 0) {
                store.apply(new StoreCommand.Compact(store.now().revision()));
            }
            return machine.apply(new Entry(slot, BALLOT, new Payload.Command(CommandCodec.encode(command))));
        }
    }

    /** Encode, decode, apply. */
    @Benchmark
    public StoreResponse put(Filled filled) {
        return filled.apply(Put.of(filled.anyKey(), filled.value));
    }

    /** Compare-and-set, with one read. */
    @Benchmark
    public StoreResponse txn(Filled filled) {
        Bytes key = filled.anyKey();
        return filled.apply(new Txn(
                List.of(Compare.exists(key)), List.of(Put.of(key, filled.value)), List.of(Operation.Range.of(key))));
    }

    @Benchmark
    public StoreResponse putInSession(Filled filled) {
        filled.sequence++;
        long acknowledgedBelow = Math.max(1, filled.sequence - 16);
        return filled.apply(
                new InSession(1, filled.sequence, acknowledgedBelow, Put.of(filled.anyKey(), filled.value)));
    }

    /** With a view of the state taken before each put, the worst case of readers for a writer. */
    @Benchmark
    public StoreView putAfterView(Filled filled) {
        filled.apply(Put.of(filled.anyKey(), filled.value));
        return filled.store.view();
    }

    @Benchmark
    public StoreResponse readKey(Filled filled) {
        return filled.store.now().range(Operation.Range.of(filled.anyKey()));
    }

    @Benchmark
    public StoreResponse readHundredKeys(Filled filled) {
        int first = filled.random.nextInt(filled.keys - 100);
        KeyRange hundred = new KeyRange(Filled.key(first), Filled.key(first + 100));
        return filled.store.now().range(Operation.Range.of(hundred));
    }

    /** All parts of a snapshot. */
    @Benchmark
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    public long snapshot(Filled filled) {
        long size = 0;
        for (Iterator<byte[]> parts = filled.machine.snapshot(); parts.hasNext(); ) {
            size += parts.next().length;
        }
        return size;
    }

    @Benchmark
    public long hash(Filled filled) {
        return filled.store.now().hash();
    }
}
