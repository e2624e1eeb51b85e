package io.orderly.stack.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.clock.HybridTimestamp;
import io.orderly.contracts.MessageHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTimeTest {

    @Test
    void isTheHybridTimestampOfTheSender() {
        assertThat(EventTime.of(event(12_345, "1970-01-01T00:00:01.000Z#0005")))
                .isEqualTo(new HybridTimestamp(1_000, 5));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "tomorrow", "1970-01-01T00:00:01.000Z", "1970-01-01T00:00:01.000Z#00050000"})
    void isKafkasTimestampWithoutAValidHybridTimestamp(String malformed) {
        assertThat(EventTime.of(event(12_345, malformed))).isEqualTo(new HybridTimestamp(12_345, 0));
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "9223372036854775807, " + HybridTimestamp.MAX_PHYSICAL_MILLIS})
    void clampsTimestampsToTheValidRange(long timestamp, long millis) {
        assertThat(EventTime.of(event(timestamp, null))).isEqualTo(new HybridTimestamp(millis, 0));
    }

    private static ConsumerRecord<String, byte[]> event(long timestamp, String hybridTime) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(
                MessageHeaders.HYBRID_TIME, hybridTime == null ? null : hybridTime.getBytes(StandardCharsets.UTF_8));
        return new ConsumerRecord<>(
                "order.events",
                0,
                0,
                timestamp,
                TimestampType.CREATE_TIME,
                0,
                0,
                "o-1",
                new byte[0],
                headers,
                Optional.empty());
    }
}
