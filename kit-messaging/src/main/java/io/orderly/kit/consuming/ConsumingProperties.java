package io.orderly.kit.consuming;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How messages are consumed.
 *
 * @param partitions of each topic when it is first declared; the upper bound of consumers that share a topic, and not to be
 *     changed later, for keys would move
 * @param concurrency consumer threads per topic; more of them overlap waiting for the database, but make the batches smaller
 *     and their transactions more, and each costs a connection
 * @param pace how far apart two batches of one consumer are at least, when several keys meet in them. Further makes them
 *     larger and the work for each message less, in a busy service; that much later is each message of it
 * @param commitInterval how often the broker is told what was handled. Rarely is cheaper; what it was not told before a crash
 *     comes again, and the inbox knows it
 * @param attempts how often a message is handled before it goes to the dead letters; only failures that do not pass by
 *     themselves count
 * @param retryDelay the rest before the second attempt, doubled before each further one; other keys of the partition wait
 *     that long
 * @param inboxRetention how long a handled message is remembered; a copy that comes later than that takes effect again
 *     unless its handler knows better, as commands and sagas do
 */
@Validated
@ConfigurationProperties("orderly.consuming")
public record ConsumingProperties(
        @DefaultValue("6") @Min(1) @Max(1_000) int partitions,
        @DefaultValue("1") @Min(1) @Max(100) int concurrency,
        @DefaultValue("20ms") Duration pace,
        @DefaultValue("500ms") Duration commitInterval,
        @DefaultValue("3") @Min(1) @Max(20) int attempts,
        @DefaultValue("100ms") Duration retryDelay,
        @DefaultValue("24h") Duration inboxRetention) {}
