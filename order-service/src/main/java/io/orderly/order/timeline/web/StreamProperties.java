package io.orderly.order.timeline.web;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The limits and intervals of timeline streams.
 *
 * @param maxOpen the maximum number of open streams; further requests get a 503. Each stream holds a connection of the web server
 *     and queries the database once per poll interval
 * @param pollInterval the maximum delay of an entry that another instance has written; entries of this instance are sent
 *     immediately
 * @param heartbeat the interval between comments on a stream without events; they detect clients that have disconnected
 * @param maxAge the age at which a stream is closed; its client then reconnects and continues after the last received entry
 */
@Validated
@ConfigurationProperties("orderly.streams")
record StreamProperties(
        @DefaultValue("500") @Min(1) @Max(100_000) int maxOpen,
        @DefaultValue("1s") Duration pollInterval,
        @DefaultValue("15s") Duration heartbeat,
        @DefaultValue("15m") Duration maxAge) {}
