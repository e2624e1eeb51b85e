package io.orderly.lab.experiment;

import static io.orderly.lab.experiment.FileProblems.path;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.orderly.lab.fault.Fault;
import io.orderly.lab.fault.control.FaultReader;
import io.orderly.lab.fault.control.FaultReader.Reading;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A fault as a file states it.
 *
 * @param after the start relative to the beginning of the phase with faults; zero if null is given
 * @param lasting null for the end of the phase
 * @param fields those of a {@link Fault}
 */
public record FaultFields(
        @Nullable Duration after,
        @JsonProperty("for") @Nullable Duration lasting,
        @JsonAnySetter Map<String, JsonNode> fields) {

    public FaultFields {
        after = after == null ? Duration.ZERO : after;
        fields = fields == null ? Map.of() : fields;
    }

    /**
     * Adds what is wrong with it to the problems of its file.
     *
     * @param at its path in the file
     * @param during how long the phase with faults lasts; null if that is unknown
     * @param parts those that it can affect
     */
    public void check(String at, @Nullable Duration during, SystemDescription parts, FileProblems problems) {
        if (during != null) {
            requireWithin(during, at, problems);
        }
        switch (read()) {
            case Reading.Invalid(String field, String what) -> problems.add(path(at, field), what);
            case Reading.Read(Fault.OfProcess of) ->
                problems.requireKnown(path(at, "process"), of.process(), parts.processes());
            case Reading.Read(Fault.OfLink of) -> problems.requireKnown(path(at, "link"), of.link(), parts.links());
            case Reading.Read(Fault.OfService of) ->
                problems.requireKnown(path(at, "service"), of.service(), parts.services());
        }
    }

    private void requireWithin(Duration during, String at, FileProblems problems) {
        Duration lasts = lasting == null ? during.minus(after) : lasting;
        if (!lasts.isPositive() || after.plus(lasts).compareTo(during) > 0) {
            problems.add(
                    path(at, lasting == null ? "after" : "for"),
                    "should end within the phase during, which lasts %d ms".formatted(during.toMillis()));
        }
    }

    /** The fault, if nothing is wrong with it. */
    public PlannedFault toPlannedFault() {
        return switch (read()) {
            case Reading.Read(var read) -> new PlannedFault(read, after, lasting);
            case Reading.Invalid(String field, String what) -> throw new IllegalStateException(field + " " + what);
        };
    }

    private Reading read() {
        return FaultReader.read(JsonNodeFactory.instance.objectNode().setAll(fields));
    }
}
