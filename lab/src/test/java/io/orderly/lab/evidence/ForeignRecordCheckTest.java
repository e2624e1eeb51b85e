package io.orderly.lab.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.contracts.MessageCodec;
import io.orderly.contracts.MessageHeaders;
import io.orderly.contracts.MessageType;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.Topic;
import io.orderly.contracts.event.OrderConfirmed;
import io.orderly.contracts.inventory.ReleaseInventory;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ForeignRecordCheckTest {

    private static final OrderId ORDER = new OrderId(UUID.randomUUID());
    private static final String KEY = ORDER.toString();
    private static final String EVENTS = Topic.ORDER_EVENTS.topicName();
    private static final byte[] CONFIRMED = MessageCodec.encode(new OrderConfirmed(ORDER));
    private static final String TYPE = MessageType.of(new OrderConfirmed(ORDER)).name();

    static Stream<Arguments> foreignRecords() {
        byte[] garbage = "garbage".getBytes(UTF_8);
        return Stream.of(
                Arguments.of("its key is not an order id", record(EVENTS, null, headers(TYPE, "e-1"), CONFIRMED)),
                Arguments.of("its key is not an order id", record(EVENTS, "", headers(TYPE, "e-1"), CONFIRMED)),
                Arguments.of("its key is not an order id", record(EVENTS, "a\u0000b", headers(TYPE, "e-1"), CONFIRMED)),
                Arguments.of(
                        "its key is not an order id", record(EVENTS, "1-1-1-1-1", headers(TYPE, "e-1"), CONFIRMED)),
                Arguments.of(
                        "its key is not an order id", record(EVENTS, "k".repeat(1 << 20), new RecordHeaders(), null)),
                Arguments.of("has no header ce_type", record(EVENTS, KEY, new RecordHeaders(), garbage)),
                Arguments.of(
                        "has no header ce_type",
                        record(EVENTS, KEY, new RecordHeaders().add(MessageHeaders.TYPE, null), garbage)),
                Arguments.of(
                        "has no header ce_id, or a malformed value",
                        record(EVENTS, KEY, headers(TYPE, "e".repeat(50_000)), CONFIRMED)),
                Arguments.of("has no value", record(EVENTS, KEY, headers(TYPE, "e-1"), null)),
                Arguments.of("not a " + TYPE, record(EVENTS, KEY, headers(TYPE, "e-1"), garbage)),
                Arguments.of("not a " + TYPE, record(EVENTS, KEY, headers(TYPE, "e-1"), new byte[0])),
                Arguments.of("not a " + TYPE, record(EVENTS, KEY, headers(TYPE, "e-1"), new byte[1 << 20])),
                Arguments.of("not a " + TYPE, record(EVENTS, KEY, headers(TYPE, "e-1"), "[1, 2]".getBytes(UTF_8))),
                Arguments.of(
                        "a " + TYPE + " that is null",
                        record(EVENTS, KEY, headers(TYPE, "e-1"), "null".getBytes(UTF_8))),
                Arguments.of(
                        "is for the order " + KEY + ", which is not its key",
                        record(EVENTS, new OrderId(UUID.randomUUID()).toString(), headers(TYPE, "e-1"), CONFIRMED)),
                Arguments.of(
                        "is a ReleaseInventory, whose topic is inventory.commands",
                        record(
                                EVENTS,
                                KEY,
                                headers(
                                        MessageType.of(new ReleaseInventory(ORDER))
                                                .name(),
                                        "e-1"),
                                MessageCodec.encode(new ReleaseInventory(ORDER)))),
                Arguments.of(
                        "has no header deadlettercause",
                        record("order.events.dlt", null, new RecordHeaders(), garbage)));
    }

    @ParameterizedTest
    @MethodSource("foreignRecords")
    void reportsTheDefectOfAForeignRecord(String flaw, ConsumerRecord<String, byte[]> record) {
        assertThat(ForeignRecordCheck.flawOf(record))
                .hasValueSatisfying(found -> assertThat(found).startsWith(flaw));
        assertThat(ForeignRecord.of(record, flaw + "\u0000" + "x".repeat(50_000))
                        .toString())
                .contains(record.topic(), "partition 2", "offset 17", flaw)
                .hasSizeLessThan(400)
                .doesNotContainPattern("\\p{Cntrl}");
    }

    @Test
    void findsNoDefectInRecordsOfServices() {
        assertThat(ForeignRecordCheck.flawOf(record(EVENTS, KEY, headers(TYPE, "e-1"), CONFIRMED)))
                .isEmpty();
        assertThat(ForeignRecordCheck.flawOf(
                        record(EVENTS, KEY, headers("io.orderly.order.events.Newer.v9", "e-1"), null)))
                .as("an event of an unknown type")
                .isEmpty();
        assertThat(ForeignRecordCheck.flawOf(record(
                        EVENTS,
                        KEY,
                        headers("garbage", "e-0").add(MessageHeaders.TYPE, TYPE.getBytes(UTF_8)),
                        CONFIRMED)))
                .as("the last of two headers with the same name counts")
                .isEmpty();
        assertThat(ForeignRecordCheck.flawOf(record(
                        "inventory.commands.dlt",
                        null,
                        new RecordHeaders().add(MessageHeaders.DEAD_LETTER_CAUSE, null),
                        null)))
                .as("a dead letter may have any content")
                .isEmpty();
    }

    private static Headers headers(String type, String id) {
        return new RecordHeaders()
                .add(MessageHeaders.TYPE, type.getBytes(UTF_8))
                .add(MessageHeaders.ID, id.getBytes(UTF_8));
    }

    private static ConsumerRecord<String, byte[]> record(
            String topic, @Nullable String key, Headers headers, byte @Nullable [] value) {
        return new ConsumerRecord<>(
                topic, 2, 17, 0, TimestampType.CREATE_TIME, 0, 0, key, value, headers, Optional.empty());
    }
}
