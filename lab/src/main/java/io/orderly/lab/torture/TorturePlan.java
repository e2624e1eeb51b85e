package io.orderly.lab.torture;

import java.time.Duration;

/**
 * The parameters of a torture run.
 *
 * @param seed the seed of the orders, their arrival times and the kill schedule
 * @param orders the expected number of orders
 * @param leastAcknowledged the number of orders whose acceptance the clients have to receive: if it is not reached by the last
 *     kill, orders are placed until it is, within {@code patience}
 * @param kills the number of kills
 * @param time the period over which both are distributed
 * @param mostDown how many processes may be down at the same time; with 1, a process is killed only after the previous
 *     process has handled a message
 * @param patience the maximum time for each wait after the kills
 */
public record TorturePlan(
        long seed, long orders, long leastAcknowledged, int kills, Duration time, int mostDown, Duration patience) {

    public TorturePlan {
        if (orders < 1 || kills < 0 || time.toMillis() < 1 || mostDown < 1) {
            throw new IllegalArgumentException(
                    "orders, time and mostDown must be positive, and kills must not be negative");
        }
    }

    double ordersPerSecond() {
        return orders * 1_000.0 / time.toMillis();
    }
}
