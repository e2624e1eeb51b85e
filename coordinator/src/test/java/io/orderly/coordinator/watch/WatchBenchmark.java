package io.orderly.coordinator.watch;

import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.KeyEvent;
import io.orderly.coordinator.store.KeyRange;
import io.orderly.coordinator.store.KeyValue;
import io.orderly.coordinator.store.Revision;
import io.orderly.coordinator.store.StoreView;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The cost of a revision with one event for many watches. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class WatchBenchmark {

    private static final Bytes KEY = Bytes.utf8("config/key-500");
    private static final KeyRange PREFIX = KeyRange.startingWith(Bytes.utf8("config/"));

    @Param({"1000"})
    public int watchers;

    private final StoreView unused = new FixedHistory().now();
    private Watches same;
    private Watches different;
    private Watches slow;
    private long revision;

    @Setup
    public void open() {
        revision = 1;
        same = new Watches(WatchSettings.DEFAULTS, revision);
        different = new Watches(WatchSettings.DEFAULTS, revision);
        slow = new Watches(WatchSettings.DEFAULTS, revision);
        for (int i = 0; i < watchers; i++) {
            same.open(WatchRequest.of(PREFIX, 0)).orElseThrow();
            slow.open(WatchRequest.of(PREFIX, 0)).orElseThrow();
            Bytes key = Bytes.utf8("config/key-" + i);
            // half of them one key each, the others overlapping ranges from there to the end
            different
                    .open(WatchRequest.of(i % 2 == 0 ? KeyRange.of(key) : KeyRange.from(key), 0))
                    .orElseThrow();
        }
    }

    /** All clients watch the same prefix, and take their events at once. */
    @Benchmark
    public int deliveredToAllAndTaken() {
        same.revised(next());
        int taken = 0;
        for (long watch : same.ready()) {
            taken += same.take(watch, unused, 10).size();
        }
        if (taken != watchers) {
            throw new IllegalStateException("%d of %d".formatted(taken, watchers));
        }
        return taken;
    }

    /** Each client watches a different range, so each watch is looked up separately. */
    @Benchmark
    public int foundAmongDifferentRanges() {
        different.revised(next());
        int taken = 0;
        for (long watch : different.ready()) {
            taken += different.take(watch, unused, 10).size();
        }
        return taken;
    }

    /** No client takes its events: the cost of slow clients for the store. */
    @Benchmark
    public int bufferedForSlowClients() {
        slow.revised(next());
        return slow.size();
    }

    private Revision next() {
        revision++;
        return new Revision(
                revision,
                List.of(new KeyEvent.Put(new KeyValue(KEY, Bytes.EMPTY, 2, revision, revision - 1, 0), null)));
    }
}
