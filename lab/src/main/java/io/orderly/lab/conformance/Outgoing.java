package io.orderly.lab.conformance;

import io.orderly.contracts.MessageHeaders;
import io.orderly.contracts.OrderId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record for the participant, which may be malformed on purpose.
 *
 * @param what what it is, for people
 * @param order the order that it is about; the record goes to the partition of this order, whatever its key is
 * @param key null for none
 * @param body null for none
 */
public record Outgoing(
        String what, OrderId order, @Nullable String key, Map<String, String> headers, byte @Nullable [] body) {

    public Outgoing {
        headers = Map.copyOf(headers);
    }

    /** The same record again, with the same message id. */
    Outgoing copy() {
        return new Outgoing(what + ", a copy", order, key, headers, body);
    }

    /** The message id; null if it has none. */
    @Nullable String id() {
        return headers.get(MessageHeaders.ID);
    }
}
