/**
 * Spring Boot auto-configuration of the coordinator's client: its bean, health, metrics, methods that run on the leader only, and
 * locks for Spring Integration.
 */
@NullMarked
package io.orderly.coordinator.client.autoconfigure;

import org.jspecify.annotations.NullMarked;
