package io.orderly.antipatterns.chattyproducts;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How a page is put together from many calls.
 *
 * @param maxCallsAtOnce of one request, in parallel mode; more of them are over sooner and leave less room for others
 * @param timeout of all calls for one request together; what is not there by then is an error, since half a page is none
 */
@Validated
@ConfigurationProperties("orderly.chatty")
record ChattyProperties(
        @DefaultValue("16") @Min(1) @Max(1_000) int maxCallsAtOnce,
        @DefaultValue("10s") Duration timeout) {}
