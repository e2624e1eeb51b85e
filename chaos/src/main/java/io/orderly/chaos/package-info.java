/**
 * Faults within a service, for those who put this module on its class path. It plugs into what Spring, Kafka and the service-kit
 * have anyway: the {@code Clock} that a service takes its time from, customizers of consumers and of HTTP clients, listeners of
 * transactions and of the outbox. Neither a service nor the kit knows of it.
 *
 * <p>It sleeps unless the profile {@code chaos} is on; then {@code /actuator/faults} says what goes wrong.
 */
@NullMarked
package io.orderly.chaos;

import org.jspecify.annotations.NullMarked;
