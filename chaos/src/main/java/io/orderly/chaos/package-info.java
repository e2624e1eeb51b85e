/**
 * Fault injection into a service that has this module on its class path. It uses extension points of Spring, Kafka and
 * the service-kit: the {@code Clock} bean, customizers of consumers and HTTP clients, listeners of transactions and of
 * the outbox. The services and the kit do not depend on it.
 *
 * <p>It is inactive without the profile {@code chaos}. With the profile, {@code /actuator/faults} controls the faults.
 */
@NullMarked
package io.orderly.chaos;

import org.jspecify.annotations.NullMarked;
