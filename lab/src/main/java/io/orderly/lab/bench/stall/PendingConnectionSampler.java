package io.orderly.lab.bench.stall;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** Checks whether threads of the order-service wait for a database connection. */
final class PendingConnectionSampler implements Sampler {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final String WAITING = "order-service: threads waited for a database connection";

    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpRequest query;

    PendingConnectionSampler(URI orderService) {
        this.query = HttpRequest.newBuilder(orderService.resolve("/actuator/metrics/hikaricp.connections.pending"))
                .timeout(TIMEOUT)
                .build();
    }

    @Override
    public List<Occurrence> sample(Instant since, Instant now) throws IOException, InterruptedException {
        String answer = http.send(query, BodyHandlers.ofString()).body();
        double pending =
                JSON.readTree(answer).path("measurements").path(0).path("value").asDouble(0);
        return pending > 0 ? List.of(new Occurrence(WAITING, since, now)) : List.of();
    }

    @Override
    public void close() {
        http.close();
    }
}
