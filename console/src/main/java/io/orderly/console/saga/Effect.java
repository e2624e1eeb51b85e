package io.orderly.console.saga;

import io.orderly.contracts.Printable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a participant holds for an order.
 *
 * @param kind such as {@code reservation}
 * @param state such as {@code COMMITTED}; {@link #NONE} if there never was one, null if not known
 */
record Effect(String service, String kind, @Nullable String state) {

    static final String NONE = "NONE";

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MAX_TEXT = 60;

    /** @param body of a reservation, payment or shipment; it may have any content */
    static Effect read(String service, String kind, byte[] body) {
        try {
            return new Effect(
                    service,
                    kind,
                    Optional.ofNullable(JSON.readTree(body))
                            .map(answer -> answer.path("state"))
                            .filter(JsonNode::isString)
                            .map(state -> Printable.of(state.asString(), MAX_TEXT))
                            .orElse(null));
        } catch (JacksonException e) {
            return unknown(service, kind);
        }
    }

    static Effect none(String service, String kind) {
        return new Effect(service, kind, NONE);
    }

    static Effect unknown(String service, String kind) {
        return new Effect(service, kind, null);
    }
}
