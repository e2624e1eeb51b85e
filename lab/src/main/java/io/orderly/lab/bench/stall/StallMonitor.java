package io.orderly.lab.bench.stall;

import io.orderly.lab.system.IsolatedSystem;
import io.orderly.stack.Topology;
import io.orderly.stack.process.ManagedProcess;
import io.orderly.stack.process.ProcessFailure;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Monitors possible causes of delays in the order-service. It is created before the warm-up, because the creation takes
 * some processor time, and monitors from {@link #begin} to {@link #end}, once.
 */
public final class StallMonitor implements AutoCloseable {

    private static final Duration PERIOD = Duration.ofMillis(250);

    private final IsolatedSystem system;
    private final FlightRecording recording;
    private final List<Sampler> samplers;

    /** Written by the sampling thread, read after its end. */
    private final List<Occurrence> occurrences = new ArrayList<>();

    private @Nullable Thread thread;
    private volatile boolean ended;

    private StallMonitor(IsolatedSystem system, FlightRecording recording, List<Sampler> samplers) {
        this.system = system;
        this.recording = recording;
        this.samplers = samplers;
    }

    /** Starts a recording of the first instance of the order-service, and enables the required logging of PostgreSQL. */
    public static StallMonitor prepare(IsolatedSystem system) throws IOException, InterruptedException {
        ManagedProcess service = system.firstInstance(Topology.ORDER);
        ManagedProcess postgreSql = system.process(Topology.POSTGRESQL);
        try {
            logVacuums(system);
            var recording = FlightRecording.start(
                    system.folder(),
                    service.name(),
                    service.pid().orElseThrow(() -> new ProcessFailure("the order-service is not running")),
                    postgreSql.plan().port());
            return new StallMonitor(
                    system,
                    recording,
                    List.of(
                            new ProcessorSampler(),
                            new SessionWaitSampler(system.administration()),
                            new PendingConnectionSampler(
                                    Topology.url(service.plan().port()))));
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL cannot be monitored", e);
        }
    }

    /** Starts sampling. */
    public void begin() {
        thread = Thread.ofPlatform().name("stall monitor").daemon().start(this::sample);
    }

    /**
     * Stops sampling, and returns all occurrences, including those that were logged or recorded before {@link #begin}.
     */
    public List<Occurrence> end() throws IOException, InterruptedException {
        stopSampling();
        List<Occurrence> all = new ArrayList<>(occurrences);
        all.addAll(PostgreSqlLog.read(system.process(Topology.POSTGRESQL).log()));
        all.addAll(recording.end(system.folder().resolve(Topology.ORDER + ".jfr")));
        return all;
    }

    @Override
    public void close() {
        try {
            stopSampling();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        samplers.forEach(Sampler::close);
    }

    private void stopSampling() throws InterruptedException {
        ended = true;
        if (thread != null) {
            thread.join();
        }
    }

    private void sample() {
        Instant before = Instant.now();
        try {
            while (!ended) {
                TimeUnit.NANOSECONDS.sleep(PERIOD.toNanos());
                Instant now = Instant.now();
                for (Sampler sampler : samplers) {
                    occurrences.addAll(sampleWith(sampler, before, now));
                }
                before = now;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A component that does not respond is reported, because it is a likely cause of the delay. */
    private static List<Occurrence> sampleWith(Sampler sampler, Instant since, Instant now)
            throws InterruptedException {
        try {
            return sampler.sample(since, now);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            return List.of(new Occurrence("stall monitor: no response, " + e, since, Instant.now()));
        }
    }

    private static void logVacuums(IsolatedSystem system) throws SQLException {
        var administration = system.administration();
        try (Connection connection = DriverManager.getConnection(
                        administration.jdbcUrl(), administration.username(), administration.password());
                Statement statement = connection.createStatement()) {
            statement.execute("alter system set log_autovacuum_min_duration = 0");
            statement.execute("select pg_reload_conf()");
        }
    }
}
