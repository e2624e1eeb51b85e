package io.orderly.antipatterns.chattyproducts;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings under {@code orderly.chatty}.
 *
 * @param maxCallsAtOnce the number of concurrent calls of one request in parallel mode; a higher number shortens the
 *     request and takes capacity from other requests
 * @param timeout the time limit for all calls of one request together; the request fails if a call has not finished by
 *     then
 */
@Validated
@ConfigurationProperties("orderly.chatty")
record ChattyProperties(
        @DefaultValue("16") @Min(1) @Max(1_000) int maxCallsAtOnce,
        @DefaultValue("10s") Duration timeout) {}
