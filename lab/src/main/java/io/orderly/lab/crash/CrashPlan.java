package io.orderly.lab.crash;

import java.time.Duration;

/**
 * The parameters of a run of the crash-point matrix.
 *
 * @param seed the seed of the orders and of the passing at which each crash happens
 * @param ordersPerSecond the order rate throughout the run
 * @param time no crash starts after this time, except to cover each service and each point at least once
 * @param patience the maximum time for a point to be reached, for a service to restart, and until no work is pending
 */
public record CrashPlan(long seed, double ordersPerSecond, Duration time, Duration patience) {}
