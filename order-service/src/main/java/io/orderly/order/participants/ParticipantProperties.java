package io.orderly.order.participants;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where other services are, and how long they may take.
 *
 * @param connectTimeout after which one that cannot be reached counts as away
 * @param readTimeout after which the outcome of a call counts as unknown; longer keeps callers waiting for one that is stuck
 * @param connections to each of them at most; more calls than that wait for one
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
