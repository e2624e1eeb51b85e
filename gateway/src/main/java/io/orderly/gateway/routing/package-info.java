/** The services that the gateway stands in front of, and the ports at which it listens for them. */
@NullMarked
package io.orderly.gateway.routing;

import org.jspecify.annotations.NullMarked;
