package io.orderly.kit.deadletter;

import io.orderly.contracts.MessageHeaders;
import jakarta.validation.constraints.Pattern;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which dead letters are meant; what is null admits all.
 *
 * @param topic the topic they came from
 * @param type their CloudEvents type as sent
 * @param causePrefix what their cause begins with; a letter that only waits behind another has none
 */
record LetterFilter(
        @Nullable @Pattern(regexp = TEXT, message = NO_TEXT) String topic,

        @Nullable @Pattern(regexp = TEXT, message = NO_TEXT) String type,

        @Nullable @Pattern(regexp = TEXT, message = NO_TEXT) String causePrefix) {

    /** What the database can be asked for. */
    static final String TEXT = "^[^\\x00]+$";

    static final String NO_TEXT = "must not be empty or contain NUL characters";

    private static final JsonMapper JSON = new JsonMapper();

    boolean admitsAll() {
        return topic == null && type == null && causePrefix == null;
    }

    /** The filter in SQL, to follow a condition. */
    String conditions() {
        return (topic == null ? "" : " and topic = :topic")
                + (type == null ? "" : " and strpos(headers, :type) > 0")
                + (causePrefix == null ? "" : " and starts_with(cause, :causePrefix)");
    }

    /** What the names in the conditions stand for. */
    Map<String, Object> parameters() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        if (topic != null) {
            parameters.put("topic", topic);
        }
        if (type != null) {
            // headers are kept as JSON without spaces; a quotation mark in another header's value is escaped there
            String field = JSON.writeValueAsString(Map.of(MessageHeaders.TYPE, type));
            parameters.put("type", field.substring(1, field.length() - 1));
        }
        if (causePrefix != null) {
            parameters.put("causePrefix", causePrefix);
        }
        return parameters;
    }
}
