package io.orderly.kit.deadletter;

import io.orderly.contracts.MessageHeaders;
import jakarta.validation.constraints.Pattern;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Selects dead letters; a condition that is null matches all.
 *
 * @param topic the topic from which they were consumed
 * @param type their CloudEvents type as received
 * @param causePrefix the beginning of their cause; a letter that only waits behind another has no cause
 */
record LetterFilter(
        @Nullable @Pattern(regexp = TEXT, message = NO_TEXT) String topic,

        @Nullable @Pattern(regexp = TEXT, message = NO_TEXT) String type,

        @Nullable @Pattern(regexp = TEXT, message = NO_TEXT) String causePrefix) {

    /** Text that PostgreSQL accepts as a parameter. */
    static final String TEXT = "^[^\\x00]+$";

    static final String NO_TEXT = "must not be empty or contain NUL characters";

    private static final JsonMapper JSON = new JsonMapper();

    boolean matchesAll() {
        return topic == null && type == null && causePrefix == null;
    }

    /** The conditions in SQL, to be appended to a where clause. */
    String conditions() {
        return (topic == null ? "" : " and topic = :topic")
                + (type == null ? "" : " and strpos(headers, :type) > 0")
                + (causePrefix == null ? "" : " and starts_with(cause, :causePrefix)");
    }

    /** The values of the named parameters in the conditions. */
    Map<String, Object> parameters() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        if (topic != null) {
            parameters.put("topic", topic);
        }
        if (type != null) {
            // headers are stored as JSON without spaces; quotation marks in values are escaped, so only the type
            // header can match
            String field = JSON.writeValueAsString(Map.of(MessageHeaders.TYPE, type));
            parameters.put("type", field.substring(1, field.length() - 1));
        }
        if (causePrefix != null) {
            parameters.put("causePrefix", causePrefix);
        }
        return parameters;
    }
}
