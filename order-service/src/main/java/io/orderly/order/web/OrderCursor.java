package io.orderly.order.web;

import com.fasterxml.jackson.annotation.JsonValue;
import io.orderly.contracts.OrderId;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Window;

/** A position in the list of orders: after the given order. Opaque to clients. */
public record OrderCursor(OrderId last) {

    private static final int ID_BYTES = 16;
    private static final int TEXT_LENGTH = 22;

    /** @throws IllegalArgumentException if the text is not a cursor in the format of this service */
    public static OrderCursor of(String text) {
        if (text.length() == TEXT_LENGTH) {
            try {
                ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
                var cursor = new OrderCursor(new OrderId(new UUID(bytes.getLong(), bytes.getLong())));
                if (cursor.toString().equals(text)) {
                    return cursor;
                }
            } catch (IllegalArgumentException _) {
                // not base64; reported below
            }
        }
        throw new IllegalArgumentException("is not a cursor returned by a page of orders");
    }

    /** The cursor of the next page; null if there is none. */
    public static <T> @Nullable OrderCursor next(Window<T> page, Function<T, OrderId> id) {
        return page.hasNext() ? new OrderCursor(id.apply(page.getContent().getLast())) : null;
    }

    @JsonValue
    @Override
    public String toString() {
        UUID id = last.value();
        byte[] bytes = ByteBuffer.allocate(ID_BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
