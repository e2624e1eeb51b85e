package io.orderly.coordinator.client;

import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Where a client takes time and randomness from.
 *
 * @param nanoTime monotonic, in nanoseconds from any origin; it goes on while the process is paused
 * @param wallClock for timestamps on a cluster that has no timestamp service
 * @param random for delays and the ids of leases; thread-safe
 */
record Environment(LongSupplier nanoTime, InstantSource wallClock, RandomGenerator random) {

    static final Environment SYSTEM = new Environment(System::nanoTime, InstantSource.system(), SharedRandom.INSTANCE);
}
