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
import java.util.function.ToDoubleFunction;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The growth of a counter of a process in each phase. A phase in which the process restarted or did not answer has none.
 */
final class PhaseCounts {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final int OK = 200;

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI counter;
    private final String pointer;
    private final Map<PhaseName, Long> begins = new EnumMap<>(PhaseName.class);
    private final Map<PhaseName, Long> counts = new EnumMap<>(PhaseName.class);

    /**
     * @param counter the resource that shows the counter, as JSON
     * @param pointer where in the document it is, a JSON pointer
     */
    PhaseCounts(URI counter, String pointer) {
        this.counter = counter;
        this.pointer = pointer;
    }

    /** The requests that reached the payment provider. */
    static PhaseCounts ofProviderRequests(URI provider) {
        return new PhaseCounts(provider.resolve("/traffic"), "/requests");
    }

    /** The products that an instance of the inventory-service has loaded from its database. */
    static PhaseCounts ofProductLoads(URI inventory) {
        return new PhaseCounts(
                inventory.resolve("/actuator/metrics/orderly.product-cache.loads"), "/measurements/0/value");
    }

    void begin(PhaseName phase) throws InterruptedException {
        count().ifPresent(count -> begins.put(phase, count));
    }

    void end(PhaseName phase) throws InterruptedException {
        Long begin = begins.get(phase);
        if (begin != null) {
            count().ifPresent(count -> {
                if (count >= begin) {
                    counts.put(phase, count - begin);
                }
            });
        }
    }

    /** The count for each order that was sent in the phase, for phases in which both are known. */
    Map<PhaseName, Double> perOrder(Map<PhaseName, PhaseResult> phases) {
        return per(phases, PhaseResult::sent);
    }

    /** The count for each second of the phase. */
    Map<PhaseName, Double> perSecond(Map<PhaseName, PhaseResult> phases) {
        return per(phases, phase -> phase.lasted().toMillis() / 1e3);
    }

    private Map<PhaseName, Double> per(Map<PhaseName, PhaseResult> phases, ToDoubleFunction<PhaseResult> divisor) {
        Map<PhaseName, Double> quotients = new EnumMap<>(PhaseName.class);
        counts.forEach((phase, count) -> {
            PhaseResult result = phases.get(phase);
            if (result != null && divisor.applyAsDouble(result) > 0) {
                quotients.put(phase, count / divisor.applyAsDouble(result));
            }
        });
        return quotients;
    }

    private OptionalLong count() throws InterruptedException {
        try {
            var response =
                    http.send(HttpRequest.newBuilder(counter).timeout(TIMEOUT).build(), BodyHandlers.ofString());
            JsonNode value = JSON.readTree(response.body()).at(pointer);
            return response.statusCode() == OK && value.isNumber()
                    ? OptionalLong.of(value.asLong())
                    : OptionalLong.empty();
        } catch (IOException | JacksonException unavailable) {
            return OptionalLong.empty();
        }
    }
}
