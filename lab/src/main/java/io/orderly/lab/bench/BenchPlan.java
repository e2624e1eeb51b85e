package io.orderly.lab.bench;

import java.time.Duration;

/**
 * The parameters of a benchmark.
 *
 * @param seed the seed of the orders and their arrival times
 * @param yardstickSeconds the duration of each run of pgbench
 * @param warmUp the duration of the warm-up under load
 * @param firstRate the first rate that is tried, in orders per second
 * @param trial the duration of each trial of a rate
 * @param measuring the duration of the measurement
 * @param ordersAlone the number of sequential orders
 * @param rate the rate of the measurement in orders per second; 0 for 70 % of the highest sustained rate
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
