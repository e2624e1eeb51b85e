package io.orderly.console.saga;

import io.orderly.contracts.Printable;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a saga waits for.
 *
 * @param phase of the saga, such as {@code FORWARD}; empty if not known
 * @param step whose reply is awaited; null if none is, because the saga has ended
 * @param attempt how often the command of the step was sent; 0 if not known
 * @param remainingMillis until the deadline of the step; negative if it has passed, null if there is none, as while the saga is parked
 */
record AwaitedReply(
        String phase,
        @Nullable String step,
        int attempt,
        @Nullable Long remainingMillis) {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MAX_TEXT = 60;

    /**
     * Reads an order as the order-service shows it. It may have any content.
     *
     * @throws IOException if it is no such answer
     */
    static AwaitedReply read(byte[] order, Instant now) throws IOException {
        try {
            JsonNode saga = Optional.ofNullable(JSON.readTree(order))
                    .map(answer -> answer.path("saga"))
                    .filter(JsonNode::isObject)
                    .orElseThrow(() -> new IOException("no saga"));
            String deadline = saga.path("deadline").asString("");
            return new AwaitedReply(
                    shown(saga.path("phase")),
                    saga.path("awaiting").isString() ? shown(saga.path("awaiting")) : null,
                    saga.path("attempt").asInt(0),
                    deadline.isEmpty()
                            ? null
                            : Long.valueOf(Duration.between(now, Instant.parse(deadline))
                                    .toMillis()));
        } catch (JacksonException | DateTimeException | ArithmeticException e) {
            throw new IOException("no saga", e);
        }
    }

    private static String shown(JsonNode text) {
        return Printable.of(text.asString(""), MAX_TEXT);
    }
}
