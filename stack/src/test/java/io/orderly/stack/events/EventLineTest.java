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
    void showsTimeOrderTypeAndTheRest() {
        assertThat(LINE.of(event("io.orderly.order.OrderPlaced.v1", """
                        {"orderId":"o-1","customerId":"ada","lines":[{"sku":"A","quantity":2},{"sku":"B","quantity":1}]}
                        """)))
                .isEqualTo("00:00:12.345  o-1  OrderPlaced        customerId=ada  lines=A 2, B 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "", "7", "\"text\"", "null", "[1]", "\u001b[2J\n\n"})
    void isOneLineWhateverTheRecordHolds(String json) {
        assertThat(LINE.of(event("io.orderly.order.OrderPlaced.v1", json)))
                .startsWith("00:00:12.345  o-1  OrderPlaced")
                .doesNotContainPattern("\\p{Cntrl}");
    }

    @Test
    void controlCharactersOfTheOutsideDoNotReachTheTerminal() {
        assertThat(LINE.of(event("x", "{\"detail\":\"a\\u001b[31m\\nb\"}"))).endsWith("detail=a [31m b");
    }

    @Test
    void showsARecordWithoutTypeAndValue() {
        assertThat(LINE.of(event(null, null))).isEqualTo("00:00:12.345  o-1  (no type)");
    }

    private static ConsumerRecord<String, byte[]> event(@Nullable String type, @Nullable String json) {
        RecordHeaders headers = new RecordHeaders();
        if (type != null) {
            headers.add(MessageHeaders.TYPE, type.getBytes(StandardCharsets.UTF_8));
        }
        byte[] value = json == null ? null : json.getBytes(StandardCharsets.UTF_8);
        return new ConsumerRecord<>(
                "order.events", 0, 0, 12_345, TimestampType.CREATE_TIME, 0, 0, "o-1", value, headers, Optional.empty());
    }
}
