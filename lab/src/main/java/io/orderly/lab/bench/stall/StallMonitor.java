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
 * Watches what may hold requests to the order-service up. Is made before the system warms up, for that costs some work; then
 * watches from {@link #begin} to {@link #end}, once.
 */
public final class StallMonitor implements AutoCloseable {

    private static final Duration PERIOD = Duration.ofMillis(250);

    private final IsolatedSystem system;
    private final FlightRecording recording;
    private final List<Sampler> samplers;

    /** Written to by the thread that looks, read once that has ended. */
    private final List<Occurrence> seen = new ArrayList<>();

    private @Nullable Thread thread;
    private volatile boolean ended;

    private StallMonitor(IsolatedSystem system, FlightRecording recording, List<Sampler> samplers) {
        this.system = system;
        this.recording = recording;
        this.samplers = samplers;
    }

    /** Has the order-service record and PostgreSQL log what is watched. */
    public static StallMonitor prepare(IsolatedSystem system) throws IOException, InterruptedException {
        ManagedProcess service = system.process(Topology.ORDER);
        ManagedProcess postgreSql = system.process(Topology.POSTGRESQL);
        try {
            logVacuums(system);
            var recording = FlightRecording.start(
                    system.folder(),
                    service.name(),
                    service.pid().orElseThrow(() -> new ProcessFailure("the order-service has ended")),
                    postgreSql.plan().port());
            return new StallMonitor(
                    system,
                    recording,
                    List.of(
                            new ProcessorSampler(),
                            new SessionWaitSampler(system.administration()),
                            new PendingConnectionSampler(system.url(Topology.ORDER))));
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL cannot be watched", e);
        }
    }

    /** Begins to look, several times a second. */
    public void begin() {
        thread = Thread.ofPlatform().name("watch").daemon().start(this::look);
    }

    /** Ends the watch, and tells what happened meanwhile; also what was logged or recorded before that. */
    public List<Occurrence> end() throws IOException, InterruptedException {
        stopLooking();
        List<Occurrence> all = new ArrayList<>(seen);
        all.addAll(PostgreSqlLog.read(system.process(Topology.POSTGRESQL).log()));
        all.addAll(recording.end(system.folder().resolve(Topology.ORDER + ".jfr")));
        return all;
    }

    @Override
    public void close() {
        try {
            stopLooking();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        samplers.forEach(Sampler::close);
    }

    private void stopLooking() throws InterruptedException {
        ended = true;
        if (thread != null) {
            thread.join();
        }
    }

    private void look() {
        Instant before = Instant.now();
        try {
            while (!ended) {
                TimeUnit.NANOSECONDS.sleep(PERIOD.toNanos());
                Instant now = Instant.now();
                for (Sampler sampler : samplers) {
                    seen.addAll(lookWith(sampler, before, now));
                }
                before = now;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What does not answer is most likely what holds the requests up. */
    private static List<Occurrence> lookWith(Sampler sampler, Instant since, Instant now) throws InterruptedException {
        try {
            return sampler.look(since, now);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            return List.of(new Occurrence("watch: no answer, " + e, since, Instant.now()));
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
