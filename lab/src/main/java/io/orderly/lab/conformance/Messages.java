package io.orderly.lab.conformance;

import io.orderly.clock.HybridClock;
import io.orderly.clock.HybridTimestamp;
import io.orderly.clock.LamportClock;
import io.orderly.contracts.Command;
import io.orderly.contracts.MessageCodec;
import io.orderly.contracts.MessageHeaders;
import io.orderly.contracts.MessageType;
import io.orderly.contracts.OrderId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Writes messages as the order-service does. Ids of orders and messages are not drawn from the seed: a participant remembers them, so that
 * a repeated run needs others.
 */
final class Messages {

    private static final String SOURCE = "/certification";

    private final InstantSource clock;
    private final LamportClock lamport = new LamportClock(0);
    private final HybridClock hybrid;

    Messages(InstantSource clock) {
        this.clock = clock;
        this.hybrid = new HybridClock(clock, Duration.ofMinutes(1), HybridTimestamp.MIN);
    }

    /** A new id, a UUID of version 7. */
    OrderId newOrder() {
        long random = ThreadLocalRandom.current().nextLong();
        return new OrderId(new UUID(
                clock.millis() << 16 | 0x7000 | random >>> 52,
                ThreadLocalRandom.current().nextLong() >>> 2 | Long.MIN_VALUE));
    }

    /** A command with a new message id. */
    Outgoing of(Command command) {
        return of(command.getClass().getSimpleName(), command.orderId(), typeOf(command), MessageCodec.encode(command));
    }

    /** A message of any type and with any body, in the envelope of a message. */
    Outgoing of(String what, OrderId order, String type, byte @Nullable [] body) {
        return new Outgoing(what, order, order.toString(), headers(order, type), body);
    }

    static String typeOf(Command command) {
        return MessageType.of(command).name();
    }

    private Map<String, String> headers(OrderId order, String type) {
        Map<String, String> headers = new HashMap<>();
        headers.put(MessageHeaders.SPEC_VERSION, "1.0");
        headers.put(MessageHeaders.ID, UUID.randomUUID().toString());
        headers.put(MessageHeaders.TYPE, type);
        headers.put(MessageHeaders.SOURCE, SOURCE);
        headers.put(MessageHeaders.TIME, clock.instant().toString());
        headers.put(MessageHeaders.SUBJECT, order.toString());
        headers.put(MessageHeaders.LAMPORT_TIME, Long.toString(lamport.tick()));
        headers.put(MessageHeaders.HYBRID_TIME, hybrid.now().toString());
        headers.put(MessageHeaders.CONTENT_TYPE, "application/json");
        return headers;
    }
}
