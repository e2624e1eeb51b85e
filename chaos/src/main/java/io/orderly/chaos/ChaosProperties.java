package io.orderly.chaos;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How chance falls while faults are on.
 *
 * @param seed of all draws. The same seed draws the same shares; which record or request meets which draw still depends on
 *     when it comes
 */
@ConfigurationProperties("orderly.chaos")
record ChaosProperties(@DefaultValue("1") long seed) {}
