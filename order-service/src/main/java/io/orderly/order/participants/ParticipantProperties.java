package io.orderly.order.participants;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Addresses and limits of HTTP calls to other services.
 *
 * @param connectTimeout how long to wait for a connection before the call fails
 * @param readTimeout how long to wait for a response before the outcome of the call counts as unknown; a longer timeout makes
 *     callers wait longer for a service that hangs
 * @param connections the maximum number of connections per service; further calls wait for a free connection
 */
@Validated
@ConfigurationProperties("orderly.participants")
record ParticipantProperties(
        @DefaultValue Inventory inventory,
        @DefaultValue("500ms") Duration connectTimeout,
        @DefaultValue("5s") Duration readTimeout,
        @DefaultValue("200") @Min(1) @Max(10_000) int connections) {

    record Inventory(@DefaultValue("http://localhost:8081") URI url) {}
}
