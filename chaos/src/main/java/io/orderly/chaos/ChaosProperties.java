package io.orderly.chaos;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings under {@code orderly.chaos}.
 *
 * @param seed the seed of random decisions. The same seed selects the same shares; which record or request is selected
 *     still depends on its arrival
 * @param enabled whether active faults take effect; it can be replaced while the service runs
 */
@ConfigurationProperties("orderly.chaos")
record ChaosProperties(
        @DefaultValue("1") long seed, @DefaultValue("true") boolean enabled) {}
