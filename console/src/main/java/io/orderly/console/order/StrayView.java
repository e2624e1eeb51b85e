package io.orderly.console.order;

import io.orderly.console.order.TopicRecord.Header;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message that belongs to no order.
 *
 * @param key null if missing
 * @param type empty if missing
 * @param problem why its body could not be read; null if it could
 */
public record StrayView(
        String position,
        @Nullable String key,
        String type,
        @Nullable String problem,
        long wallMillis,
        List<Header> headers,
        String body,
        int bodyBytes) {

    static StrayView of(Message message) {
        return new StrayView(
                message.position(),
                message.key(),
                message.type(),
                message.problem(),
                message.wallMillis(),
                message.headers(),
                message.body(),
                message.bodyBytes());
    }
}
