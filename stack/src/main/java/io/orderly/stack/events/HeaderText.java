package io.orderly.stack.events;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Reads headers as the services do: as UTF-8, and the last header if several have the same name. */
public final class HeaderText {

    private HeaderText() {}

    /** @return null if the header is missing; empty if it has no value */
    public static @Nullable String of(ConsumerRecord<?, ?> message, String name) {
        Header header = message.headers().lastHeader(name);
        if (header == null) {
            return null;
        }
        return header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
