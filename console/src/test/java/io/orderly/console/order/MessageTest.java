package io.orderly.console.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.console.order.Message.Kind;
import io.orderly.console.order.TopicRecord.Header;
import io.orderly.contracts.MessageHeaders;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MessageTest {

    private static final String ID = "01936f00-0000-7000-8000-000000000001";
    private static final TopicRecord PLACED = SampleSaga.confirmed(ID, "ada", Instant.parse("2026-11-30T12:00:00Z"))
            .getFirst();

    @Test
    void aRecordWithoutAnythingIsAMessage() {
        Message message = Message.of(new TopicRecord("order.events", 3, 5, -1, null, List.of(), null));

        assertThat(message.kind()).isEqualTo(Kind.UNKNOWN);
        assertThat(message.type()).isEmpty();
        assertThat(message.problem()).isEqualTo("has no body");
        assertThat(message.position()).isEqualTo("order.events-3@5");
        assertThat(message.hybrid()).startsWith("1970-01-01T00:00:00.000Z");
    }

    @Test
    void oneMebibyteIsCut() {
        byte[] large = new byte[1 << 20];
        Arrays.fill(large, (byte) '{');
        Message message = Message.of(SampleSaga.changed(PLACED, 1, MessageHeaders.ID, "x", large));

        assertThat(message.problem()).startsWith("is too large");
        assertThat(message.bodyBytes()).isEqualTo(1 << 20);
        assertThat(message.body()).hasSize(Message.MAX_BODY_CHARACTERS);
        assertThat(message.retainedBytes()).isLessThan(32 << 10);
    }

    @Test
    void manyAndLongHeadersAreCut() {
        List<Header> headers = IntStream.range(0, 1_000)
                .mapToObj(i -> new Header("h" + i, "v".repeat(10_000)))
                .toList();
        Message message = Message.of(new TopicRecord("order.events", 0, 0, 0, ID, headers, new byte[0]));

        assertThat(message.headers())
                .hasSize(30)
                .allSatisfy(header -> assertThat(header.value()).hasSize(500));
    }

    @Test
    void clocksMayBeFarOff() {
        for (String time : List.of("+999999999-12-31T23:59:59Z", "yesterday", "")) {
            Message message = Message.of(SampleSaga.changed(PLACED, 1, MessageHeaders.TIME, time, PLACED.value()));
            assertThat(message.wallMillis()).as(time).isPositive();
        }
        Message message = Message.of(SampleSaga.changed(
                SampleSaga.changed(PLACED, 1, MessageHeaders.HYBRID_TIME, "soon", PLACED.value()),
                1,
                MessageHeaders.LAMPORT_TIME,
                "99999999999999999999",
                PLACED.value()));
        assertThat(message.lamport()).isNull();
        assertThat(message.hybrid()).startsWith("2026-11-30T12:00:00");
    }

    @Test
    void markupStaysText() {
        String markup = "<img src=x onerror=alert(1)>";
        Message message = Message.of(SampleSaga.changed(PLACED, 1, MessageHeaders.TYPE, markup, PLACED.value()));

        assertThat(message.type()).isEqualTo(markup);
        assertThat(message.problem()).contains("unknown message type");
    }
}
