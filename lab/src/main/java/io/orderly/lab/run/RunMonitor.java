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
 * Looks at a system once a second while it works, from outside, and audits each of its databases now and then. A database
 * that does not answer is no news: it may be meant to be away.
 */
final class RunMonitor implements AutoCloseable {

    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration BETWEEN_AUDITS = Duration.ofSeconds(10);

    private final EvidenceSources sources;
    private final TimeSeriesRecorder stopwatch;
    private final LoadGenerator load;
    private final Map<Integer, Sample> samples = new TreeMap<>();
    private final Set<Violation> violations = new LinkedHashSet<>();
    private final Thread sampler;
    private final Thread auditor;
    private volatile boolean closed;

    private record Sample(int inFlight, @Nullable InDoubtTransactions inDoubt, Map<String, Long> sagas) {}

    private RunMonitor(EvidenceSources sources, TimeSeriesRecorder stopwatch, LoadGenerator load) {
        this.sources = sources;
        this.stopwatch = stopwatch;
        this.load = load;
        this.sampler = Thread.ofPlatform().name("sampler").daemon().start(() -> repeat(PERIOD, this::sample));
        this.auditor = Thread.ofPlatform().name("auditor").daemon().start(() -> repeat(BETWEEN_AUDITS, this::audit));
    }

    static RunMonitor begin(EvidenceSources sources, TimeSeriesRecorder stopwatch, LoadGenerator load) {
        return new RunMonitor(sources, stopwatch, load);
    }

    /** All that is known of each second by now. */
    synchronized List<Second> seconds() {
        List<TimeSeriesRecorder.Count> counts = stopwatch.seconds();
        List<Second> seconds = new ArrayList<>();
        for (int i = 0; i < counts.size(); i++) {
            TimeSeriesRecorder.Count count = counts.get(i);
            Sample sample = samples.get(i);
            InDoubtTransactions inDoubt = sample == null ? null : sample.inDoubt();
            seconds.add(new Second(
                    i,
                    count.sent(),
                    count.ended(),
                    count.p50Millis(),
                    count.p99Millis(),
                    count.p999Millis(),
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

    /** Looks no more. What was seen stays. */
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
        int second = (int) stopwatch.now();
        int inFlight = load.placedAndNotOver();
        InDoubtTransactions inDoubt = unlessAway(sources::inDoubt);
        var sagas = unlessAway(sources::sagaStates);
        synchronized (this) {
            samples.put(second, new Sample(inFlight, inDoubt, sagas == null ? Map.of() : sagas.counts()));
        }
    }

    private void audit() {
        List<Violation> found =
                unlessAway(() -> Audit.ofSystemAtWork(sources.gatherDatabases()).violations());
        if (found != null) {
            synchronized (this) {
                violations.addAll(found);
            }
        }
    }

    private static <T> @Nullable T unlessAway(Supplier<T> question) {
        try {
            return question.get();
        } catch (RuntimeException away) {
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
            // close() has interrupted it
        }
    }
}
