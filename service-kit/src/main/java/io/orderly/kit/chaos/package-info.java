/**
 * Where faults are let into a service. Crash points, the delivery of records and the clock are beans; by default they do
 * nothing and cannot be told to. In the profile {@code chaos} they can: {@code /actuator/faults} says what goes wrong.
 */
@NullMarked
package io.orderly.kit.chaos;

import org.jspecify.annotations.NullMarked;
