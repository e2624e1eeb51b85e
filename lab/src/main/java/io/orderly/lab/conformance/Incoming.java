package io.orderly.lab.conformance;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record that the participant published.
 *
 * @param key null for none
 * @param headers as text; of several with the same name, the last
 * @param body empty for none
 */
public record Incoming(String topic, @Nullable String key, Map<String, String> headers, byte[] body) {

    public Incoming {
        headers = Map.copyOf(headers);
    }
}
