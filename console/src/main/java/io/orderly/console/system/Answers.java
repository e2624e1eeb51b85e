package io.orderly.console.system;

import io.orderly.console.system.SystemView.CoordinatorState;
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
        return new ServiceState(name, url, shown(health.path("status").asString("UNKNOWN")), shown(parts));
    }

    static ServiceState away(String name, String url, String why) {
        return new ServiceState(name, url, AWAY, shown(why));
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
                "");
    }

    static CoordinatorState coordinatorAway(String url, String why) {
        return new CoordinatorState(url, null, null, "", 0, 0, shown(why));
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
