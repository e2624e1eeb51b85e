package io.orderly.lab.bench;

import io.orderly.lab.system.SystemPlan;
import io.orderly.stack.Topology;
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
 * @param instances how many instances of each service run; several need coordinators
 * @param hasCoordinators whether three coordinators divide the work of a service among its instances
 * @param consolePages how many pages of the console are open from the warm-up on; without any, there is no console
 * @param commitDelay of PostgreSQL
 */
record BenchPlan(
        long seed,
        int yardstickSeconds,
        Duration warmUp,
        double firstRate,
        Duration trial,
        Duration measuring,
        int ordersAlone,
        double rate,
        int instances,
        boolean hasCoordinators,
        int consolePages,
        CommitDelay commitDelay) {

    BenchPlan {
        if (instances < 1 || instances > Topology.MAX_INSTANCES) {
            throw new IllegalArgumentException(
                    "--instances is from 1 to %d, not %d".formatted(Topology.MAX_INSTANCES, instances));
        }
        if (consolePages < 0 || consolePages > ConsolePages.MAX) {
            throw new IllegalArgumentException(
                    "--console-pages is from 0 to %d, not %d".formatted(ConsolePages.MAX, consolePages));
        }
    }

    /** What has to run. */
    SystemPlan system() {
        SystemPlan system =
                hasCoordinators ? SystemPlan.SIMPLE.withCoordinators().withInstances(instances) : SystemPlan.SIMPLE;
        return consolePages > 0 ? system.withConsole() : system;
    }
}
