package io.orderly.lab.load;

import java.time.Duration;

/** A period with a constant arrival rate. */
public record Phase(String name, double ordersPerSecond, Duration duration) {}
