package io.orderly.order.placement;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings under {@code orderly.placement}.
 *
 * @param enabled whether new orders are accepted; it can be replaced while the service runs. Without it, orders that were accepted before
 *     are processed, and repeated requests for them get their recorded response
 */
@ConfigurationProperties("orderly.placement")
record PlacementProperties(@DefaultValue("true") boolean enabled) {}
