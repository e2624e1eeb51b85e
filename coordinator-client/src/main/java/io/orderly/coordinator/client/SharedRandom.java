package io.orderly.coordinator.client;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/** Seeded by the operating system, so that two processes do not choose the same lease ids. */
enum SharedRandom implements RandomGenerator {
    INSTANCE;

    private final transient SecureRandom random = new SecureRandom();

    @Override
    public long nextLong() {
        return random.nextLong();
    }
}
