package io.orderly.console.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AwaitedReplyTest {

    private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");

    @Test
    void readsTheStepAndTheTimeUntilItsDeadline() throws Exception {
        assertThat(read("""
                {"saga":{"phase":"FORWARD","awaiting":"CHARGE_PAYMENT","attempt":2,"deadline":"2026-11-30T10:00:07.5Z"}}""")).isEqualTo(new AwaitedReply("FORWARD", "CHARGE_PAYMENT", 2, 7_500L));
        assertThat(read("""
                {"saga":{"phase":"FORWARD","awaiting":"CHARGE_PAYMENT","attempt":1,"deadline":"2026-11-30T09:59:59Z"}}""").remainingMillis()).isEqualTo(-1_000);
    }

    @Test
    void aParkedSagaHasNoDeadlineAndAnEndedOneAwaitsNothing() throws Exception {
        assertThat(read("{\"saga\":{\"phase\":\"PARKED\",\"awaiting\":\"CHARGE_PAYMENT\",\"attempt\":1}}"))
                .isEqualTo(new AwaitedReply("PARKED", "CHARGE_PAYMENT", 1, null));
        assertThat(read("{\"saga\":{\"phase\":\"CONFIRMED\"}}"))
                .isEqualTo(new AwaitedReply("CONFIRMED", null, 0, null));
        assertThat(read("{\"saga\":{\"phase\":7,\"awaiting\":[],\"attempt\":\"x\"}}")
                        .step())
                .isNull();
    }

    @Test
    void anythingElseIsNoAnswer() {
        for (String other : List.of(
                "",
                "null",
                "[]",
                "<html>",
                "{}",
                "{\"saga\":7}",
                "{\"saga\":{\"deadline\":\"soon\"}}",
                "{\"saga\":{\"deadline\":\"+1000000000-12-31T23:59:59Z\"}}")) {
            assertThatThrownBy(() -> read(other)).as(other).isInstanceOf(IOException.class);
        }
    }

    private static AwaitedReply read(String order) throws IOException {
        return AwaitedReply.read(order.getBytes(StandardCharsets.UTF_8), NOW);
    }
}
