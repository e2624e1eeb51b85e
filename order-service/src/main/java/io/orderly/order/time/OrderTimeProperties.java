package io.orderly.order.time;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How an instance gets the timestamps of orders from the coordinator, if it has a client of it. All instances must have the same
 * {@code rangeAge}: while they differ, orders may sort by up to the difference too early.
 *
 * @param rangeAge for how long a range of timestamps is used. An instance asks for at most one range in that time. An order is answered no
 *     sooner than that long after its range arrived, so a longer age makes fewer requests and later answers; with 0, each order asks
 * @param rangeSize how many timestamps a range has; when they are used up, the next order asks sooner
 * @param patience how long an order waits for the coordinator before it gets a timestamp of the instance. A longer one keeps the order of
 *     instances during longer failovers of the coordinator, and delays the orders that come first when it is away
 * @param retryDelay how long after a failed request the next one is sent
 */
@Validated
@ConfigurationProperties("orderly.order-time")
record OrderTimeProperties(
        @DefaultValue("10ms") @DurationMin @DurationMax(seconds = 1)
        Duration rangeAge,

        @DefaultValue("100") @Min(1) @Max(10_000) int rangeSize,

        @DefaultValue("200ms") @DurationMin(millis = 1) @DurationMax(seconds = 10)
        Duration patience,

        @DefaultValue("1s") @DurationMin(millis = 1) Duration retryDelay) {}
