package io.orderly.kit.consuming;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings for the consumption of messages.
 *
 * @param partitions the number of partitions of each topic when it is created; the maximum number of consumers of a topic.
 *     Must not be changed later, because keys would move to other partitions
 * @param concurrency consumer threads per topic; with more threads, more transactions run at the same time, but batches are
 *     smaller and each thread needs a database connection
 * @param pace the minimum time between the beginnings of two batches of one consumer, if the batches have several keys. A
 *     longer time makes the batches of a busy service larger and the work per message less, but delays each message by up to
 *     that time
 * @param commitInterval the interval at which offsets are committed. A longer one is cheaper; after a crash, messages since
 *     the last commit are delivered again and recognized by the inbox
 * @param attempts how often a message is tried before it becomes a dead letter; transient failures do not count
 * @param retryDelay the delay before the second attempt, doubled before each further attempt; the other messages of the
 *     partition wait meanwhile
 * @param inboxRetention how long the id of a handled message is kept; a duplicate that is delivered later takes effect again
 *     unless its handler is idempotent, as those of commands and sagas are
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
