package io.orderly.console.coordination;

import io.orderly.console.coordination.CoordinatorView.Lease;
import io.orderly.console.coordination.CoordinatorView.Member;
import io.orderly.console.coordination.CoordinatorView.Queue;
import io.orderly.contracts.Printable;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what a coordinator answers. An answer may have any content. */
final class CoordinatorAnswers {

    static final int MAX_KEYS = 12;

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern LEASE = Pattern.compile("[0-9a-f]{1,16}");
    private static final int MAX_TEXT = 200;
    private static final int MAX_MEMBERS = 20;

    private CoordinatorAnswers() {}

    static List<Member> members(byte[] cluster) {
        return read(cluster).path("members").values().stream()
                .limit(MAX_MEMBERS)
                .map(member -> new Member(
                        member.path("id").asInt(0),
                        shown(member.path("name")),
                        member.path("learner").asBoolean(false)))
                .toList();
    }

    static List<String> alarms(byte[] cluster) {
        return read(cluster).path("alarms").values().stream()
                .limit(MAX_MEMBERS)
                .map(alarm -> "member %s: %s".formatted(shown(alarm.path("member")), shown(alarm.path("alarm"))))
                .toList();
    }

    /** The ids of leases, which can be segments of a path. */
    static List<String> leases(byte[] page) {
        return read(page).path("leases").values().stream()
                .map(lease -> lease.asString(""))
                .filter(lease -> LEASE.matcher(lease).matches())
                .toList();
    }

    static boolean hasMore(byte[] page) {
        return read(page).path("next").isString();
    }

    static Lease lease(String id, byte[] state) {
        JsonNode lease = read(state);
        List<String> keys = keys(state).map(key -> Printable.of(key, MAX_TEXT)).toList();
        return new Lease(
                id,
                lease.path("ttlSeconds").asLong(0),
                lease.path("remainingSeconds").asLong(0),
                keys.subList(0, Math.min(keys.size(), MAX_KEYS)),
                Math.max(0, keys.size() - MAX_KEYS));
    }

    /** The names of the locks and elections in which the lease is: its keys are {@code <name>/<lease>}. */
    static Stream<String> queues(String id, byte[] state) {
        String suffix = "/" + id;
        return keys(state)
                .filter(key -> key.endsWith(suffix) && key.length() > suffix.length())
                .map(key -> key.substring(0, key.length() - suffix.length()));
    }

    static Queue queue(String name, byte[] state) {
        JsonNode queue = read(state);
        JsonNode leader = queue.path("leader");
        return new Queue(
                Printable.of(name, MAX_TEXT),
                leader.isObject() ? shown(leader.path("lease")) : null,
                leader.path("token").asLong(0),
                text(leader.path("value")),
                queue.path("waiting").asInt(0));
    }

    private static Stream<String> keys(byte[] state) {
        return read(state).path("keys").values().stream().map(key -> key.asString(""));
    }

    private static String text(@Nullable JsonNode value) {
        return value == null || value.isMissingNode() || value.isNull()
                ? ""
                : Printable.of(value.isValueNode() ? value.asString("") : value.toString(), MAX_TEXT);
    }

    private static String shown(JsonNode value) {
        return Printable.of(value.isValueNode() ? value.asString("") : "", MAX_TEXT);
    }

    private static JsonNode read(byte[] body) {
        try {
            return Optional.ofNullable(JSON.readTree(body)).orElseGet(JSON::createObjectNode);
        } catch (JacksonException e) {
            return JSON.createObjectNode();
        }
    }
}
