package io.orderly.lab.bench;

import java.time.Duration;

/**
 * How to measure.
 *
 * @param seed of the orders and their arrivals
 * @param yardstickSeconds for each run of pgbench
 * @param warmUp with some load, before anything is measured
 * @param firstRate the first that is tried, in orders per second
 * @param trial how long a rate is tried
 * @param measuring how long the system is measured at a part of the highest rate
 * @param ordersAlone how many orders are placed one at a time
 * @param rate at which to measure, in orders per second; 0 to search for the highest and take a part of it
 */
record BenchPlan(
        long seed,
        int yardstickSeconds,
        Duration warmUp,
        double firstRate,
        Duration trial,
        Duration measuring,
        int ordersAlone,
        double rate) {}
