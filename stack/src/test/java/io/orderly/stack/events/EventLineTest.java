package io.orderly.stack.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.contracts.MessageHeaders;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventLineTest {

    private static final EventLine LINE = new EventLine(ZoneOffset.UTC);

    @Test
    void showsTimeOrderTypeAndFields() {
        assertThat(LINE.of(event("io.orderly.order.OrderPlaced.v1", """
                        {"orderId":"o-1","customerId":"ada","lines":[{"sku":"A","quantity":2},{"sku":"B","quantity":1}]}
                        """)))
                .isEqualTo("00:00:12.345  o-1  OrderPlaced        customerId=ada  lines=A 2, B 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "", "7", "\"text\"", "null", "[1]", "\u001b[2J\n\n"})
    void isASingleLineForAnyRecord(String json) {
        assertThat(LINE.of(event("io.orderly.order.OrderPlaced.v1", json)))
                .startsWith("00:00:12.345  o-1  OrderPlaced")
                .doesNotContainPattern("\\p{Cntrl}");
    }

    @Test
    void escapesControlCharacters() {
        assertThat(LINE.of(event("x", "{\"detail\":\"a\\u001b[31m\\nb\"}"))).endsWith("detail=a\\u001b[31m\\u000ab");
    }

    @Test
    void showsARecordWithoutTypeAndValue() {
        assertThat(LINE.of(event(null, null))).isEqualTo("00:00:12.345  o-1  (no type)");
    }

    @Test
    void showsARecordWithoutKey() {
        assertThat(LINE.of(event(null, new RecordHeaders(), "garbage")))
                .isEqualTo("00:00:12.345  (no key)  (no type)          (not JSON, 7 bytes)");
    }

    @Test
    void showsARecordWhoseHeadersHaveNoValues() {
        RecordHeaders headers = new RecordHeaders();
        headers.add(MessageHeaders.TYPE, null);
        headers.add(MessageHeaders.HYBRID_TIME, null);
        assertThat(LINE.of(event("o-1", headers, "{\"a\":1}"))).isEqualTo("00:00:12.345  o-1                     a=1");
    }

    @Test
    void escapesAndTruncatesForeignRecords() {
        RecordHeaders headers = new RecordHeaders();
        headers.add(MessageHeaders.TYPE, "t".repeat(50_000).getBytes(StandardCharsets.UTF_8));
        headers.add(MessageHeaders.HYBRID_TIME, "tomorrow".getBytes(StandardCharsets.UTF_8));
        String json = "{\"detail\":\"%s\"}".formatted("d".repeat(1 << 20));
        assertThat(LINE.of(event("a\u0000b" + "k".repeat(50_000), headers, json)))
                .startsWith("00:00:12.345  a\\u0000bkkk")
                .contains("…  ttt", "…", "detail=ddd")
                .hasSizeLessThan(700);
    }

    @Test
    void showsTheHybridTimeOfTheSender() {
        RecordHeaders headers = new RecordHeaders();
        headers.add(MessageHeaders.HYBRID_TIME, "2026-11-23T04:30:00.123Z#0005".getBytes(StandardCharsets.UTF_8));
        assertThat(LINE.of(event("o-1", headers, "{}"))).startsWith("04:30:00.123  o-1");
    }

    private static ConsumerRecord<String, byte[]> event(@Nullable String type, @Nullable String json) {
        RecordHeaders headers = new RecordHeaders();
        if (type != null) {
            headers.add(MessageHeaders.TYPE, type.getBytes(StandardCharsets.UTF_8));
        }
        return event("o-1", headers, json);
    }

    private static ConsumerRecord<String, byte[]> event(
            @Nullable String key, RecordHeaders headers, @Nullable String json) {
        byte[] value = json == null ? null : json.getBytes(StandardCharsets.UTF_8);
        return new ConsumerRecord<>(
                "order.events", 0, 0, 12_345, TimestampType.CREATE_TIME, 0, 0, key, value, headers, Optional.empty());
    }
}
