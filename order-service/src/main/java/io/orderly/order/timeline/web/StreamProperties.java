package io.orderly.order.timeline.web;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How timelines are streamed.
 *
 * @param maxOpen how many streams may be open at once; one more is refused with 503. Each holds a connection of the web
 *     server, and asks the database once per poll interval
 * @param pollInterval how long an entry may stay unseen that another instance has written; what this instance writes is
 *     sent at once
 * @param heartbeat how often a silent stream gets a comment, which is how a client that went away is noticed
 * @param maxAge when a stream is ended; its client then opens another one and goes on where it was
 */
@Validated
@ConfigurationProperties("orderly.streams")
record StreamProperties(
        @DefaultValue("500") @Min(1) @Max(100_000) int maxOpen,
        @DefaultValue("1s") Duration pollInterval,
        @DefaultValue("15s") Duration heartbeat,
        @DefaultValue("15m") Duration maxAge) {}
