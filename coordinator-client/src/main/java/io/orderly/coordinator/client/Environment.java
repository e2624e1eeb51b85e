package io.orderly.coordinator.client;

import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * The sources of time and randomness of a client.
 *
 * @param nanoTime monotonic, in nanoseconds from any origin; it continues while the process is paused
 * @param wallClock for timestamps on a cluster that has no timestamp service
 * @param random for delays and the ids of leases; thread-safe
 */
record Environment(LongSupplier nanoTime, InstantSource wallClock, RandomGenerator random) {

    static final Environment SYSTEM = new Environment(System::nanoTime, InstantSource.system(), SharedRandom.INSTANCE);
}
