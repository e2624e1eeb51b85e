/**
 * What the ports of a member have in common: TLS from SSL bundles of Spring Boot, and a log of the connections that are refused.
 *
 * <p>A bundle can be replaced while the member runs. Connections that are opened afterwards use the new one; open ones stay as they
 * are.
 */
@NullMarked
package io.orderly.coordinator.connection;

import org.jspecify.annotations.NullMarked;
