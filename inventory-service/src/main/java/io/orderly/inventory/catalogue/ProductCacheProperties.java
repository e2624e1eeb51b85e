package io.orderly.inventory.catalogue;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the products in memory.
 *
 * @param enabled whether products are kept in memory; without it every request reads them from the database
 * @param maxEntries the most products in memory. The others are read from the database
 * @param maxAge for how long a product is used without another look at the database. Changes are announced through Kafka; while it is away,
 *     requests without a session may see a product as it was this long before
 * @param retryDelay until a failed connection to Kafka is opened again; meanwhile no product is used from memory
 */
@Validated
@ConfigurationProperties("orderly.product-cache")
record ProductCacheProperties(
        @DefaultValue("true") boolean enabled,

        @DefaultValue("10000") @Min(1) @Max(10_000_000) int maxEntries,

        @DefaultValue("10s") @DurationMin(millis = 1) @DurationMax(hours = 24)
        Duration maxAge,

        @DefaultValue("1s") @DurationMin(millis = 1) Duration retryDelay) {}
