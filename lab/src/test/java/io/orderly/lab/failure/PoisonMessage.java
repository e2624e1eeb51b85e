package io.orderly.lab.failure;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orderly.contracts.MessageHeaders;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A message that cannot be processed.
 *
 * @param cause a part of the expected cause of the dead letter
 */
record PoisonMessage(String name, String type, String body, String cause) {

    /** Sent to the topic of the shipping-service's commands. */
    static final List<PoisonMessage> OF_SHIPPING_COMMANDS = List.of(
            new PoisonMessage(
                    "broken JSON",
                    "io.orderly.shipping.commands.ScheduleShipment.v1",
                    "{\"orderId\": \"",
                    "not a io.orderly.shipping.commands.ScheduleShipment.v1"),
            new PoisonMessage(
                    "an unknown type", "io.orderly.shipping.commands.PaintParcel.v1", "{}", "unknown message type"),
            new PoisonMessage(
                    "an unknown version",
                    "io.orderly.shipping.commands.ScheduleShipment.v2",
                    "{}",
                    "unknown message type"),
            new PoisonMessage(
                    "a value that violates the schema",
                    "io.orderly.shipping.commands.CancelShipment.v1",
                    "{\"orderId\": \"not a UUID\"}",
                    "not a io.orderly.shipping.commands.CancelShipment.v1"));

    /** The record as another program would send it, with a new message id and its own trace. */
    ProducerRecord<String, byte[]> record(String topic, String key, String traceId) {
        var record = new ProducerRecord<>(topic, key, body.getBytes(UTF_8));
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(MessageHeaders.SPEC_VERSION, "1.0");
        headers.put(MessageHeaders.ID, UUID.randomUUID().toString());
        headers.put(MessageHeaders.TYPE, type);
        headers.put(MessageHeaders.SOURCE, "/another-program");
        headers.put(MessageHeaders.TIME, Instant.now().toString());
        headers.put(MessageHeaders.LAMPORT_TIME, "1");
        headers.put(MessageHeaders.HYBRID_TIME, "2026-01-01T00:00:00.000Z#0000");
        headers.put(MessageHeaders.TRACE_PARENT, "00-" + traceId + "-00f067aa0ba902b7-01");
        headers.forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
        return record;
    }

    @Override
    public String toString() {
        return name;
    }
}
