package io.orderly.lab.load;

import java.time.Duration;

/** A stretch of time with one rate of arrivals. */
public record Phase(String name, double ordersPerSecond, Duration duration) {}
