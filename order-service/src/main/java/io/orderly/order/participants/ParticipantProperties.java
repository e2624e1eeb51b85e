package io.orderly.order.participants;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the other services are.
 *
 * @param connectTimeout after which one that cannot be reached counts as away
 * @param readTimeout after which the outcome of a call counts as unknown; longer keeps callers waiting for one that is stuck
 * @param connections to each of them at most; more calls than that wait for one
 */
@Validated
@ConfigurationProperties("orderly.participants")
record ParticipantProperties(
        @DefaultValue Inventory inventory,
        @DefaultValue Payment payment,
        @DefaultValue Shipping shipping,
        @DefaultValue("500ms") Duration connectTimeout,
        @DefaultValue("5s") Duration readTimeout,
        @DefaultValue("200") @Min(1) @Max(10_000) int connections) {

    record Inventory(@DefaultValue("http://localhost:8081") URI url) {}

    record Payment(@DefaultValue("http://localhost:8082") URI url) {}

    record Shipping(@DefaultValue("http://localhost:8083") URI url) {}
}
