package io.orderly.order.catalogue;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the wait until the copy of the catalogue contains what the client has seen.
 *
 * @param maxWait the longest wait; then the request is refused. A longer one bridges longer delays of Kafka, while the client waits
 * @param pollInterval between looks at the copy. Each is a query over the whole copy
 * @param maxWaiting how many requests wait at the same time; further ones are refused at once, so that they cannot take the place of
 *     all others
 */
@Validated
@ConfigurationProperties("orderly.catalogue")
record CatalogueProperties(
        @DefaultValue("2s") @DurationMin @DurationMax(seconds = 30)
        Duration maxWait,

        @DefaultValue("20ms") @DurationMin(millis = 1) @DurationMax(seconds = 1)
        Duration pollInterval,

        @DefaultValue("20") @Min(0) @Max(1_000) int maxWaiting) {}
