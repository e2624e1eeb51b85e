package io.orderly.inventory.shards;

import io.orderly.partitions.range.SizeLimits;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the shards.
 *
 * @param splitAbove a shard with more products is split at its median; 0 for never
 * @param mergeBelow two neighbours with fewer products together are merged; 0 for never. At most half of {@code splitAbove}
 * @param checkInterval between counts of the products, which feed the metrics and these two limits. A count reads the stock of all products
 * @param lockTimeout how long a move waits for running transactions. Others that begin meanwhile wait behind it. A move that waited too long is
 *     repeated at the next check if it is published, and otherwise refused
 * @param longestMove after which PostgreSQL cancels a move. Reservations wait during a move
 */
@Validated
@ConfigurationProperties("orderly.shards")
record ShardsProperties(
        @DefaultValue("10000") @Min(0) long splitAbove,

        @DefaultValue("100") @Min(0) long mergeBelow,

        @DefaultValue("10s") @DurationMin(millis = 100) @DurationMax(hours = 1)
        Duration checkInterval,

        @DefaultValue("1s") @DurationMin(millis = 1) @DurationMax(minutes = 1)
        Duration lockTimeout,

        @DefaultValue("10s") @DurationMin(millis = 10) @DurationMax(minutes = 10)
        Duration longestMove) {

    /** @throws IllegalArgumentException if the limits of size are too near to each other */
    ShardsProperties {
        new SizeLimits(splitAbove, mergeBelow);
    }

    SizeLimits limits() {
        return new SizeLimits(splitAbove, mergeBelow);
    }
}
