/** Spring Boot auto-configuration of the coordinator's client: its bean, health, metrics, and methods that run on the leader only. */
@NullMarked
package io.orderly.coordinator.client.autoconfigure;

import org.jspecify.annotations.NullMarked;
