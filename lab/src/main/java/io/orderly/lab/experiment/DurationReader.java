package io.orderly.lab.experiment;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/** Reads durations such as {@code 500ms}, {@code 20s} or {@code 1.5m}. */
final class DurationReader extends StdDeserializer<Duration> {

    private static final Pattern SYNTAX = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ms|s|m)");
    private static final Map<String, Double> MILLIS = Map.of("ms", 1.0, "s", 1_000.0, "m", 60_000.0);

    DurationReader() {
        super(Duration.class);
    }

    @Override
    public Duration deserialize(JsonParser parser, DeserializationContext context) {
        Matcher matcher = SYNTAX.matcher(parser.getString());
        if (!matcher.matches()) {
            return (Duration) context.handleWeirdStringValue(Duration.class, parser.getString(), "is no duration");
        }
        return Duration.ofMillis(Math.round(Double.parseDouble(matcher.group(1)) * MILLIS.get(matcher.group(2))));
    }
}
