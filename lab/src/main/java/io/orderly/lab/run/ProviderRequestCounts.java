package io.orderly.lab.run;

import io.orderly.lab.experiment.Experiment.PhaseName;
import io.orderly.lab.load.PhaseResult;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Counts the requests to the payment provider per phase, from the provider's own counter. A phase in which the provider
 * restarted has no count.
 */
final class ProviderRequestCounts {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI provider;
    private final Map<PhaseName, Long> begins = new EnumMap<>(PhaseName.class);
    private final Map<PhaseName, Long> requests = new EnumMap<>(PhaseName.class);

    ProviderRequestCounts(URI provider) {
        this.provider = provider;
    }

    void begin(PhaseName phase) throws InterruptedException {
        count().ifPresent(count -> begins.put(phase, count));
    }

    void end(PhaseName phase) throws InterruptedException {
        Long begin = begins.get(phase);
        if (begin != null) {
            count().ifPresent(count -> {
                if (count >= begin) {
                    requests.put(phase, count - begin);
                }
            });
        }
    }

    /** The number of requests per order that was sent in the phase, for phases in which both are known. */
    Map<PhaseName, Double> perOrder(Map<PhaseName, PhaseResult> phases) {
        Map<PhaseName, Double> perOrder = new EnumMap<>(PhaseName.class);
        requests.forEach((phase, count) -> {
            PhaseResult result = phases.get(phase);
            if (result != null && result.sent() > 0) {
                perOrder.put(phase, (double) count / result.sent());
            }
        });
        return perOrder;
    }

    private OptionalLong count() throws InterruptedException {
        try {
            String body = http.send(
                            HttpRequest.newBuilder(provider.resolve("/traffic"))
                                    .timeout(TIMEOUT)
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            return OptionalLong.of(JSON.readTree(body).path("requests").asLong());
        } catch (IOException | JacksonException unavailable) {
            return OptionalLong.empty();
        }
    }
}
