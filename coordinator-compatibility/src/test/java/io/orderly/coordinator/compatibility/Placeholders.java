package io.orderly.coordinator.compatibility;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes answers in a form that does not depend on the server and the time: ids get names, revisions are counted from that at the start
 * of the scenario, terms and sizes are left out. Whether a number is written as a number or as a string remains visible.
 */
final class Placeholders {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int LONGEST = 120;

    private static final Set<String> REVISIONS =
            Set.of("revision", "createrevision", "modrevision", "compactrevision", "hashrevision", "rev");
    private static final Set<String> NUMBERS =
            Set.of("raftterm", "raftindex", "raftappliedindex", "dbsize", "dbsizeinuse", "hash", "remainingbytes");
    private static final Set<String> BYTES = Set.of("key", "value", "rangeend", "keys", "name");

    private final Cluster.Identity identity;
    private final long firstRevision;
    private final Map<String, String> leases = new LinkedHashMap<>();

    /** @param firstRevision the revision of the store before the first step */
    Placeholders(Cluster.Identity identity, long firstRevision) {
        this.identity = identity;
        this.firstRevision = firstRevision;
    }

    /** From now on, this lease is written with this name. */
    void nameLease(long lease, String name) {
        leases.put("%016x".formatted(lease), name);
        leases.put(Long.toHexString(lease), name);
        leases.put(Long.toString(lease), name);
    }

    /** An answer in JSON. */
    String json(String text) {
        return node("", JSON.readTree(text));
    }

    /** A text in which the ids of leases and the addresses of members get their names. */
    String text(String text) {
        String replaced = text;
        for (Map.Entry<String, String> lease : leases.entrySet()) {
            // the suffix that the coordinator adds to the keys of its queues; wire/lock/contenders shows it
            replaced = replaced.replaceAll(lease.getKey() + "(/[0-9a-f]{8,16})?(?![0-9a-f])", lease.getValue());
        }
        for (Map.Entry<String, String> address : identity.addresses().entrySet()) {
            replaced = replaced.replace(address.getKey(), address.getValue());
        }
        return replaced.length() <= LONGEST * 20
                ? replaced
                : replaced.substring(0, LONGEST) + "… (" + replaced.length() + " characters)";
    }

    private String node(String field, JsonNode node) {
        if (node.isObject()) {
            Map<String, String> fields = new TreeMap<>();
            node.properties().forEach(entry -> fields.put(entry.getKey(), node(entry.getKey(), entry.getValue())));
            writeRemainingTime(node, fields);
            return fields.entrySet().stream()
                    .map(entry -> entry.getKey() + ": " + entry.getValue())
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (node.isArray()) {
            Stream<String> elements = node.valueStream().map(element -> node(field, element));
            // the keys of a lease have no order, and the ids of etcd's members are random
            return (field.equals("keys") || field.equals("members") ? elements.sorted() : elements)
                    .collect(Collectors.joining(", ", "[", "]"));
        }
        String value = value(field.toLowerCase(Locale.ROOT).replace("_", ""), node.asString());
        return node.isString() ? '"' + value + '"' : value;
    }

    /** The remaining time of a lease depends on the speed of the machine. */
    private static void writeRemainingTime(JsonNode node, Map<String, String> fields) {
        for (List<String> names : List.of(List.of("TTL", "grantedTTL"), List.of("ttl", "granted-ttl"))) {
            long granted = number(node, names.getLast());
            long remaining = number(node, names.getFirst());
            if (granted > 0 && remaining <= granted && remaining > granted - 5) {
                fields.put(names.getFirst(), "remaining");
            }
        }
    }

    private static long number(JsonNode node, String field) {
        JsonNode value = node.get(field);
        return value == null ? 0 : value.asLong(0);
    }

    private String value(String field, String value) {
        if (REVISIONS.contains(field)) {
            return revision(value);
        }
        if (NUMBERS.contains(field)) {
            return value.equals("0") ? value : "number";
        }
        return switch (field) {
            case "clusterid" -> value.equals(identity.cluster()) ? "cluster" : value;
            case "memberid", "leader" -> identity.memberName(value);
            case "id", "lease" -> leases.getOrDefault(value, identity.memberName(value));
            default -> text(BYTES.contains(field) ? bytes(value) : value);
        };
    }

    private String revision(String value) {
        long revision = Long.parseLong(value);
        return revision <= 0 ? value : "r%+d".formatted(revision - firstRevision);
    }

    /** Bytes are base64 in JSON; text is easier to read. */
    private static String bytes(String value) {
        String decoded = decoded(value);
        return decoded == null ? value : "bytes " + decoded;
    }

    private static @Nullable String decoded(String value) {
        try {
            byte[] bytes = Base64.getDecoder().decode(value);
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            boolean isText = text.chars().allMatch(letter -> letter >= ' ' && letter <= '~');
            return isText && Base64.getEncoder().encodeToString(bytes).equals(value) ? shortened(text) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, 20) + "… (" + text.length() + " bytes)";
    }
}
