package io.orderly.antipatterns.wallclock;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.clock.HybridTimestamp;
import io.orderly.kit.messaging.LogicalTimestamp;
import io.orderly.kit.messaging.MessageClock;
import io.orderly.kit.messaging.MessageMetadata;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Compares the anti-pattern with the hybrid clock. */
class WallClockMessageClockTest {

    private static final Duration MAX_DRIFT = Duration.ofMinutes(1);

    private final AtomicLong millis = new AtomicLong(50_000);
    private final InstantSource wallClock = () -> Instant.ofEpochMilli(millis.get());
    private final LogicalTimestamp start = new LogicalTimestamp(7, HybridTimestamp.MIN);
    private final MessageClock hybrid = new MessageClock(wallClock, MAX_DRIFT, start);
    private final MessageClock wallClockOnly = new WallClockMessageClock(wallClock, MAX_DRIFT, start);

    @Test
    void anAnswerCanHaveAnEarlierTimestampThanItsQuestion() {
        MessageMetadata question = sentAt(52_000);
        hybrid.receive(question);
        wallClockOnly.receive(question);

        assertThat(hybrid.next().hybridTime()).isGreaterThan(question.hybridTime());
        assertThat(wallClockOnly.next().hybridTime()).isLessThan(question.hybridTime());
        assertThat(wallClockOnly.next().lamportTime()).isGreaterThan(question.lamportTime());
    }

    @Test
    void newMessagesHaveEarlierTimestampsAfterTheClockIsSetBack() {
        LogicalTimestamp beforeHybrid = hybrid.next();
        LogicalTimestamp beforeWallClockOnly = wallClockOnly.next();
        millis.addAndGet(-5_000);

        assertThat(hybrid.next().hybridTime()).isGreaterThan(beforeHybrid.hybridTime());
        assertThat(wallClockOnly.next().hybridTime()).isLessThan(beforeWallClockOnly.hybridTime());
    }

    private static MessageMetadata sentAt(long millis) {
        return new MessageMetadata(
                new UUID(0, 1),
                "question",
                "/elsewhere",
                Instant.ofEpochMilli(millis),
                20,
                new HybridTimestamp(millis, 0),
                null,
                null);
    }
}
