package io.orderly.lab.crash;

import java.time.Duration;

/**
 * What a run of the matrix is made of.
 *
 * @param seed of the orders, and of how often a point is passed before the crash
 * @param ordersPerSecond placed for as long as it lasts
 * @param time after which no further crash is ordered, once each service and each point has had its turn
 * @param patience for a point to be passed, for a service to come back, and for the system to come to rest
 */
public record CrashPlan(long seed, double ordersPerSecond, Duration time, Duration patience) {}
