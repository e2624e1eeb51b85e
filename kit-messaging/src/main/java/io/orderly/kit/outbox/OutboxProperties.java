package io.orderly.kit.outbox;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How messages leave the outbox.
 *
 * @param batchSize messages read and sent at once; more of them cost memory, fewer cost a database round trip and a commit
 *     each
 * @param maxBatchBytes a batch ends early once its messages are so large together; more of it takes that much of the heap,
 *     several times over
 * @param rowsPerVacuum how many published rows may lie about before the table is vacuumed; with more of them each look for new
 *     messages takes longer, and with fewer the vacuum itself does
 * @param pace how far apart two looks at the outbox are at least, when several keys meet in them. Further makes the batches
 *     of a busy service larger and its work for each message less; that much later is each message of it
 * @param pollInterval how long a message may wait when its commit woke nobody, as after a crash or on a second instance;
 *     shorter costs one cheap query each time
 * @param retryDelay how long the relay rests after the database or the broker failed
 * @param sendTimeout how long the broker may take over one batch before a new producer sends it again; too short, and a slow
 *     broker gets the same messages over and over
 * @param maxMessageBytes a larger body is refused when it is appended; keep it below the broker's limit
 * @param maxClockDrift how far a message's hybrid time may be ahead of the wall clock here and still be followed; a larger
 *     bound lets one wrong clock drag all others further along
 */
@Validated
@ConfigurationProperties("orderly.outbox")
public record OutboxProperties(
        @DefaultValue("500") @Min(1) @Max(10_000) int batchSize,
        @DefaultValue("4000000") @Min(1_000) int maxBatchBytes,
        @DefaultValue("2000") @Min(100) int rowsPerVacuum,
        @DefaultValue("20ms") Duration pace,
        @DefaultValue("100ms") Duration pollInterval,
        @DefaultValue("500ms") Duration retryDelay,
        @DefaultValue("60s") Duration sendTimeout,
        @DefaultValue("900000") @Min(1_000) int maxMessageBytes,
        @DefaultValue("60s") Duration maxClockDrift) {}
