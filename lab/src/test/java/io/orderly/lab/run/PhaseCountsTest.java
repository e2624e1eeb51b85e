package io.orderly.lab.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.orderly.lab.experiment.Experiment.PhaseName;
import io.orderly.lab.load.Latency;
import io.orderly.lab.load.Phase;
import io.orderly.lab.load.PhaseResult;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PhaseCountsTest {

    private static final String METRIC = "{\"measurements\": [{\"statistic\": \"COUNT\", \"value\": %s}]}";

    private HttpServer server;
    private PhaseCounts counts;
    private volatile int status = 200;
    private volatile String body = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/actuator/metrics/orderly.product-cache.loads", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        });
        server.start();
        counts = PhaseCounts.ofProductLoads(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void isTheGrowthOfTheCounterByOrdersAndBySeconds() throws InterruptedException {
        body = METRIC.formatted("7.0");
        counts.begin(PhaseName.BEFORE);
        body = METRIC.formatted("67.0");
        counts.end(PhaseName.BEFORE);

        Map<PhaseName, PhaseResult> phases = Map.of(PhaseName.BEFORE, phase(120));
        assertThat(counts.perOrder(phases)).isEqualTo(Map.of(PhaseName.BEFORE, 0.5));
        assertThat(counts.perSecond(phases)).isEqualTo(Map.of(PhaseName.BEFORE, 6.0));
        assertThat(counts.perOrder(Map.of(PhaseName.BEFORE, phase(0)))).isEmpty();
    }

    @Test
    void aPhaseInWhichTheProcessRestartedOrDidNotAnswerHasNone() throws InterruptedException {
        body = METRIC.formatted("7.0");
        counts.begin(PhaseName.BEFORE);
        body = METRIC.formatted("3.0");
        counts.end(PhaseName.BEFORE);

        counts.begin(PhaseName.DURING);
        status = 503;
        counts.end(PhaseName.DURING);

        status = 200;
        body = "{}";
        counts.begin(PhaseName.AFTER);
        body = METRIC.formatted("9.0");
        counts.end(PhaseName.AFTER);

        assertThat(counts.perSecond(Map.of(
                        PhaseName.BEFORE, phase(120), PhaseName.DURING, phase(120), PhaseName.AFTER, phase(120))))
                .isEmpty();
    }

    /** Of ten seconds. */
    private static PhaseResult phase(long sent) {
        var latency = new Latency(sent, 1, 1, 1, 1, 1);
        return new PhaseResult(
                new Phase("before", 12, Duration.ofSeconds(10)),
                Duration.ofSeconds(10),
                sent,
                sent,
                0,
                0,
                0,
                Map.of(),
                sent,
                latency,
                latency,
                latency,
                latency,
                List.of());
    }
}
