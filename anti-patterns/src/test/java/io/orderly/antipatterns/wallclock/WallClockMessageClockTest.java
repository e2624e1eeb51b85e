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

/** What is wrong with it, beside what is right with the other. */
class WallClockMessageClockTest {

    private static final Duration MAX_DRIFT = Duration.ofMinutes(1);

    private final AtomicLong millis = new AtomicLong(50_000);
    private final InstantSource wallClock = () -> Instant.ofEpochMilli(millis.get());
    private final LogicalTimestamp start = new LogicalTimestamp(7, HybridTimestamp.MIN);
    private final MessageClock right = new MessageClock(wallClock, MAX_DRIFT, start);
    private final MessageClock wrong = new WallClockMessageClock(wallClock, MAX_DRIFT, start);

    @Test
    void anAnswerIsOlderThanItsQuestion() {
        MessageMetadata question = sentAt(52_000);
        right.receive(question);
        wrong.receive(question);

        assertThat(right.next().hybridTime()).isGreaterThan(question.hybridTime());
        assertThat(wrong.next().hybridTime()).isLessThan(question.hybridTime());
        assertThat(wrong.next().lamportTime()).isGreaterThan(question.lamportTime());
    }

    @Test
    void afterTheClockIsSetBackTheNewIsOlderThanTheOld() {
        LogicalTimestamp beforeRight = right.next();
        LogicalTimestamp beforeWrong = wrong.next();
        millis.addAndGet(-5_000);

        assertThat(right.next().hybridTime()).isGreaterThan(beforeRight.hybridTime());
        assertThat(wrong.next().hybridTime()).isLessThan(beforeWrong.hybridTime());
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
