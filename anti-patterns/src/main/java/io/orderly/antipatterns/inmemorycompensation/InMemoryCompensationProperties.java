package io.orderly.antipatterns.inmemorycompensation;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How orders are placed by calls.
 *
 * @param attempts how often a step without a way back, or a compensation, is tried. The client waits meanwhile; what all of
 *     them fail to undo stays as it is
 * @param eventPatience how long the broker is waited for after the commit; then the event is lost
 */
@Validated
@ConfigurationProperties("orderly.in-memory-compensation")
record InMemoryCompensationProperties(
        @DefaultValue("3") @Min(1) @Max(100) int attempts,
        @DefaultValue("5s") Duration eventPatience) {}
