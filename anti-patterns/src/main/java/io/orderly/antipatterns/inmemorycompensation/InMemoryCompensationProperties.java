package io.orderly.antipatterns.inmemorycompensation;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings under {@code orderly.in-memory-compensation}.
 *
 * @param attempts how often the last step, or a compensation, is tried while the client waits. A compensation that
 *     fails in all attempts is not executed
 * @param eventPatience the time limit for the broker's acknowledgement after the commit; an event that is not
 *     acknowledged by then may be lost
 */
@Validated
@ConfigurationProperties("orderly.in-memory-compensation")
record InMemoryCompensationProperties(
        @DefaultValue("3") @Min(1) @Max(100) int attempts,
        @DefaultValue("5s") Duration eventPatience) {}
