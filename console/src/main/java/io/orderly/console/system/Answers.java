package io.orderly.console.system;

import io.orderly.console.system.SystemView.CoordinatorState;
import io.orderly.console.system.SystemView.Gauges;
import io.orderly.console.system.SystemView.MemberState;
import io.orderly.console.system.SystemView.ServiceState;
import io.orderly.contracts.Printable;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what processes answer. An answer may have any content. */
final class Answers {

    static final String AWAY = "AWAY";

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MAX_TEXT = 200;
    private static final int MAX_MEMBERS = 100;

    private static final String OUTBOX = "orderly_outbox_depth";
    private static final String DEAD_LETTERS = "orderly_deadletters";
    private static final String BREAKER = "resilience4j_circuitbreaker_state";

    /** The metrics that {@link #gauges} reads. */
    static final List<String> GAUGES = List.of(OUTBOX, DEAD_LETTERS, BREAKER);

    private static final double MAX_COUNT = 1e15;

    /** A line of the Prometheus text format: name, labels, value. */
    private static final Pattern SAMPLE = Pattern.compile("(\\w{1,100})(?:\\{(.*)})? (\\S{1,30})");

    private static final Pattern STATE_LABEL = Pattern.compile("\\bstate=\"(\\w{1,20})\"");

    /** The text form of a ballot: its round and its member, such as {@code 4.2}. */
    private static final Pattern BALLOT = Pattern.compile("(\\d{1,18})\\.\\d{1,9}");

    private Answers() {}

    /** @param body of the health endpoint */
    static ServiceState health(String name, String url, String body) {
        JsonNode health = read(body);
        String parts = health.path("components").properties().stream()
                .filter(part -> !part.getValue().path("status").asString("UP").equals("UP"))
                .map(part ->
                        part.getKey() + " " + part.getValue().path("status").asString(""))
                .collect(Collectors.joining(", "));
        return new ServiceState(
                name, url, shown(health.path("status").asString("UNKNOWN")), shown(parts), Gauges.UNKNOWN);
    }

    static ServiceState away(String name, String url, String why) {
        return new ServiceState(name, url, AWAY, shown(why), Gauges.UNKNOWN);
    }

    /** @param text of the Prometheus endpoint, with at least the {@link #GAUGES} */
    static Gauges gauges(String text) {
        Long outbox = null;
        Long deadLetters = null;
        String breaker = null;
        for (String line : text.lines().toList()) {
            Matcher sample = SAMPLE.matcher(line);
            if (sample.matches()) {
                switch (sample.group(1)) {
                    case OUTBOX -> outbox = count(sample.group(3));
                    case DEAD_LETTERS -> deadLetters = count(sample.group(3));
                    case BREAKER -> {
                        Matcher state = STATE_LABEL.matcher(
                                Optional.ofNullable(sample.group(2)).orElse(""));
                        if (Long.valueOf(1).equals(count(sample.group(3))) && state.find()) {
                            breaker = state.group(1);
                        }
                    }
                    default -> {}
                }
            }
        }
        return new Gauges(outbox, deadLetters, breaker);
    }

    /** @return null if it is no number of things, such as the NaN of a gauge that failed */
    private static @Nullable Long count(String value) {
        try {
            double number = Double.parseDouble(value);
            return number >= 0 && number <= MAX_COUNT ? Long.valueOf(Math.round(number)) : null;
        } catch (NumberFormatException malformed) {
            return null;
        }
    }

    /** @param body of the members endpoint; empty if there is none */
    static List<MemberState> members(String body) {
        return read(body).path("members").values().stream()
                .limit(MAX_MEMBERS)
                .map(member -> new MemberState(
                        shown(member.path("id").asString("")),
                        shown(member.path("service").asString("")),
                        shown(member.path("state").asString("")),
                        member.path("load").asInt(0),
                        shown(member.path("url").asString(""))))
                .toList();
    }

    static CoordinatorState coordinator(String url, String body) {
        JsonNode cluster = read(body);
        if (!cluster.path("member").isInt()) {
            return coordinatorAway(url, "does not answer as a coordinator");
        }
        return new CoordinatorState(
                url,
                cluster.path("member").asInt(),
                cluster.path("leader").isInt()
                        ? Integer.valueOf(cluster.path("leader").asInt())
                        : null,
                shown(cluster.path("ballot").asString("")),
                cluster.path("commit").asLong(0),
                cluster.path("lag").asLong(0),
                cluster.path("watches").isInt()
                        ? Integer.valueOf(cluster.path("watches").asInt())
                        : null,
                "");
    }

    static CoordinatorState coordinatorAway(String url, String why) {
        return new CoordinatorState(url, null, null, "", 0, 0, null, shown(why));
    }

    /** A leader that is cut off may not know yet that another one has followed, so of several that of the highest ballot leads. */
    static @Nullable String leader(List<CoordinatorState> coordinators) {
        return coordinators.stream()
                .filter(CoordinatorState::claimsToLead)
                .max(Comparator.comparingLong(coordinator -> round(coordinator.ballot())))
                .map(CoordinatorState::url)
                .orElse(null);
    }

    private static long round(String ballot) {
        Matcher matcher = BALLOT.matcher(ballot);
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
    }

    private static JsonNode read(String body) {
        try {
            return Optional.ofNullable(JSON.readTree(body)).orElseGet(JSON::createObjectNode);
        } catch (JacksonException e) {
            return JSON.createObjectNode();
        }
    }

    private static String shown(String text) {
        return Printable.of(text, MAX_TEXT);
    }
}
