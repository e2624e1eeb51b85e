package io.orderly.coordinator.partitions;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the partitions of this instance.
 *
 * @param enabled whether the instance shares the partitions with others, if it has a client of the coordinator. All instances of a service
 *     must have the same value: one without partitions works on all of them
 * @param leaseTtl after how long the partitions of an instance that was killed or is paused are given to others. With a shorter one, short
 *     pauses and failovers of the coordinator make instances lose their partitions
 * @param retryDelay until a failed request to the coordinator is repeated
 */
@Validated
@ConfigurationProperties("orderly.partitions")
record PartitionsProperties(
        @DefaultValue("true") boolean enabled,

        @DefaultValue("5s") @DurationMin(seconds = 1) @DurationMax(minutes = 10)
        Duration leaseTtl,

        @DefaultValue("200ms") @DurationMin(millis = 1) Duration retryDelay) {}
