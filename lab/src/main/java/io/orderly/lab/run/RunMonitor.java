package io.orderly.lab.run;

import io.orderly.lab.audit.Audit;
import io.orderly.lab.audit.Violation;
import io.orderly.lab.evidence.EvidenceSources;
import io.orderly.lab.evidence.InDoubtTransactions;
import io.orderly.lab.load.LoadGenerator;
import io.orderly.lab.run.RunResult.Second;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Samples the state of a running system once a second, and audits its databases periodically. Databases that do not
 * respond are skipped, because a fault may have stopped them.
 */
final class RunMonitor implements AutoCloseable {

    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration AUDIT_PERIOD = Duration.ofSeconds(10);

    private final EvidenceSources sources;
    private final TimeSeriesRecorder recorder;
    private final LoadGenerator load;
    private final Map<Integer, Sample> samples = new TreeMap<>();
    private final Set<Violation> violations = new LinkedHashSet<>();
    private final Thread sampler;
    private final Thread auditor;
    private volatile boolean closed;

    private record Sample(int inFlight, @Nullable InDoubtTransactions inDoubt, Map<String, Long> sagas) {}

    private RunMonitor(EvidenceSources sources, TimeSeriesRecorder recorder, LoadGenerator load) {
        this.sources = sources;
        this.recorder = recorder;
        this.load = load;
        this.sampler = Thread.ofPlatform().name("sampler").daemon().start(() -> repeat(PERIOD, this::sample));
        this.auditor = Thread.ofPlatform().name("auditor").daemon().start(() -> repeat(AUDIT_PERIOD, this::audit));
    }

    static RunMonitor begin(EvidenceSources sources, TimeSeriesRecorder recorder, LoadGenerator load) {
        return new RunMonitor(sources, recorder, load);
    }

    /** The samples so far, by second. */
    synchronized List<Second> seconds() {
        List<TimeSeriesRecorder.Count> counts = recorder.seconds();
        GoodputCurve goodput = recorder.goodput();
        List<Second> seconds = new ArrayList<>();
        for (int i = 0; i < counts.size(); i++) {
            TimeSeriesRecorder.Count count = counts.get(i);
            Sample sample = samples.get(i);
            InDoubtTransactions inDoubt = sample == null ? null : sample.inDoubt();
            seconds.add(new Second(
                    i,
                    count.sent(),
                    goodput.orders(i * GoodputCurve.PER_SECOND, (i + 1) * GoodputCurve.PER_SECOND),
                    count.medianMillis(),
                    count.longestMillis(),
                    sample == null ? null : sample.inFlight(),
                    inDoubt == null ? null : inDoubt.transactions(),
                    inDoubt == null ? null : inDoubt.oldestSeconds(),
                    inDoubt == null ? null : inDoubt.locks(),
                    sample == null ? Map.of() : sample.sagas()));
        }
        return seconds;
    }

    synchronized double mostSecondsInDoubt() {
        return inDoubt().stream()
                .mapToDouble(InDoubtTransactions::oldestSeconds)
                .max()
                .orElse(0);
    }

    synchronized long mostLocksInDoubt() {
        return inDoubt().stream().mapToLong(InDoubtTransactions::locks).max().orElse(0);
    }

    synchronized List<Violation> violations() {
        return List.copyOf(violations);
    }

    /** Stops sampling. The samples are kept. */
    void end() {
        closed = true;
        sampler.interrupt();
        auditor.interrupt();
        boolean interrupted = Thread.interrupted();
        try {
            sampler.join();
            auditor.join();
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        end();
    }

    private List<InDoubtTransactions> inDoubt() {
        List<InDoubtTransactions> all = new ArrayList<>();
        for (Sample sample : samples.values()) {
            if (sample.inDoubt() != null) {
                all.add(sample.inDoubt());
            }
        }
        return all;
    }

    private void sample() {
        int second = (int) recorder.now();
        int inFlight = load.uncompletedOrders();
        InDoubtTransactions inDoubt = ifAvailable(sources::inDoubt);
        var sagas = ifAvailable(sources::sagaStates);
        synchronized (this) {
            samples.put(second, new Sample(inFlight, inDoubt, sagas == null ? Map.of() : sagas.counts()));
        }
    }

    private void audit() {
        List<Violation> found = ifAvailable(
                () -> Audit.ofRunningSystem(sources.gatherDatabases()).violations());
        if (found != null) {
            synchronized (this) {
                violations.addAll(found);
            }
        }
    }

    private static <T> @Nullable T ifAvailable(Supplier<T> query) {
        try {
            return query.get();
        } catch (RuntimeException unavailable) {
            return null;
        }
    }

    private void repeat(Duration period, Runnable task) {
        try {
            while (!closed) {
                Thread.sleep(period);
                task.run();
            }
        } catch (InterruptedException ended) {
            // interrupted by end()
        }
    }
}
