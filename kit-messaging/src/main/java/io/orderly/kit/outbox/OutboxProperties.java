package io.orderly.kit.outbox;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings for the publication of messages from the outbox.
 *
 * @param batchSize the maximum number of messages in a batch; larger batches need more memory, smaller ones more database
 *     round trips and commits
 * @param maxBatchBytes the size of a batch in bytes after which no message is added; a batch needs several times that much
 *     heap
 * @param rowsPerVacuum the number of deleted rows after which the table is vacuumed; with a larger number each poll scans
 *     more dead rows, with a smaller one the vacuum runs more often
 * @param pace the minimum time between the beginnings of two batches, if the batches have several keys. A longer time makes
 *     the batches of a busy service larger and the work per message less, but delays each message by up to that time
 * @param pollInterval the interval at which the relay polls; bounds the delay of messages whose commit did not wake the
 *     relay, as after a crash. Each poll is one cheap query
 * @param retryDelay how long the relay waits after a failure of the database or the broker
 * @param sendTimeout how long the broker may take to acknowledge a batch before a new producer sends it again; if it is too
 *     short, a slow broker receives the same messages repeatedly
 * @param maxMessageBytes the maximum size of a message in bytes; a larger one is rejected when it is appended. Must be below
 *     the broker's limit
 * @param maxClockDrift how far a received hybrid time may be ahead of the local wall clock; one further ahead is ignored. A
 *     larger value lets a wrong clock advance all others further
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
