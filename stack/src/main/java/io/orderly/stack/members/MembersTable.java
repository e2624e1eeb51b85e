package io.orderly.stack.members;

import io.orderly.contracts.Printable;
import io.orderly.stack.process.ProcessFailure;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The members as an instance sees them.
 *
 * @param seenBy the id and the URL of the instance
 * @param rows a member each
 */
public record MembersTable(String seenBy, List<Row> rows) {

    private static final String ALIVE = "ALIVE";
    private static final int TEXT_LENGTH_MAX = 200;

    /** A member; a missing value is an empty text. */
    record Row(String id, String service, String state, String since, String load, String url) {

        private static final Row TITLES = new Row("id", "service", "state", "since", "load", "URL");

        private static Row of(JsonNode member) {
            return new Row(
                    text(member, "id"),
                    text(member, "service"),
                    text(member, "state"),
                    text(member, "since"),
                    text(member, "load"),
                    text(member, "url"));
        }

        private String line(int idWidth) {
            return "  %%-%ds  %%-7s  %%-24s  %%4s  %%s%%n".formatted(idWidth).formatted(id, state, since, load, url);
        }
    }

    public MembersTable {
        rows = List.copyOf(rows);
    }

    /** @throws ProcessFailure if the response has no members */
    static MembersTable parse(URI service, String body) {
        try {
            JsonNode root = JsonMapper.shared().readTree(body);
            List<Row> rows = root.path("members").valueStream().map(Row::of).toList();
            if (!rows.isEmpty()) {
                return new MembersTable("%s at %s".formatted(text(root, "self"), service), rows);
            }
        } catch (JacksonException e) {
            throw new ProcessFailure(service + " did not respond with JSON", e);
        }
        throw new ProcessFailure(service + " did not respond with members");
    }

    /** Whether all these members are alive. */
    boolean hasAlive(List<String> ids) {
        return rows.stream()
                .filter(row -> row.state.equals(ALIVE))
                .map(Row::id)
                .collect(Collectors.toSet())
                .containsAll(ids);
    }

    /** The lines to print. */
    @Override
    public String toString() {
        int idWidth = rows.stream().mapToInt(row -> row.id.length()).max().orElse(1);
        return "Members, as seen by %s%n".formatted(seenBy)
                + Row.TITLES.line(idWidth)
                + rows.stream().map(row -> row.line(idWidth)).collect(Collectors.joining());
    }

    private static String text(JsonNode node, String field) {
        return Printable.of(node.path(field).asString(""), TEXT_LENGTH_MAX);
    }
}
