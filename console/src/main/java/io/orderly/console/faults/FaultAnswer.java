package io.orderly.console.faults;

import io.orderly.console.faults.FaultsView.FaultState;
import io.orderly.contracts.Printable;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the answer that lists the active faults. It may have any content. */
final class FaultAnswer {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Set<String> TARGETS = Set.of("process", "link", "service");
    private static final int MAX_FAULTS = 100;
    private static final int MAX_TEXT = 200;

    private FaultAnswer() {}

    /** @throws IOException if it is no such answer */
    static List<FaultState> read(byte[] body) throws IOException {
        try {
            JsonNode faults = Optional.ofNullable(JSON.readTree(body))
                    .map(answer -> answer.path("faults"))
                    .filter(JsonNode::isArray)
                    .orElseThrow(() -> new IOException("no list of faults"));
            return faults.values().stream()
                    .limit(MAX_FAULTS)
                    .map(FaultAnswer::fault)
                    .toList();
        } catch (JacksonException | DateTimeException | ArithmeticException e) {
            throw new IOException("no list of faults", e);
        }
    }

    private static FaultState fault(JsonNode view) {
        JsonNode fault = view.path("fault");
        return new FaultState(
                shown(view.path("id")),
                shown(fault.path("fault")),
                fault.properties().stream()
                        .filter(field -> TARGETS.contains(field.getKey()))
                        .map(field -> shown(field.getValue()))
                        .findFirst()
                        .orElse(""),
                fault.properties().stream()
                        .filter(field -> !TARGETS.contains(field.getKey())
                                && !field.getKey().equals("fault")
                                && !field.getValue().isNull())
                        .map(field -> Printable.of(field.getKey(), MAX_TEXT) + " " + shown(field.getValue()))
                        .collect(Collectors.joining(", ")),
                Instant.parse(view.path("since").asString("")).toEpochMilli(),
                millis(view.path("until")),
                null,
                view.path("effect").path("tookEffect").asBoolean(false),
                shown(view.path("effect").path("seen")));
    }

    private static @Nullable Long millis(JsonNode time) {
        return time.isString() ? Instant.parse(time.asString()).toEpochMilli() : null;
    }

    private static String shown(JsonNode value) {
        return Printable.of(value.isValueNode() ? value.asString("") : "", MAX_TEXT);
    }
}
