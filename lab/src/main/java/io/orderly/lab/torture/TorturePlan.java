package io.orderly.lab.torture;

import java.time.Duration;

/**
 * How to torture a system.
 *
 * @param seed of the orders, of their arrivals, and of who is killed when
 * @param orders how many are placed, on average
 * @param kills how many processes are killed
 * @param time over which both are spread
 * @param patience how long, afterwards, the system may take to come to rest
 */
public record TorturePlan(long seed, long orders, int kills, Duration time, Duration patience) {

    public TorturePlan {
        if (orders < 1 || kills < 0 || time.toMillis() < 1) {
            throw new IllegalArgumentException("torture takes orders and time");
        }
    }

    double ordersPerSecond() {
        return orders * 1_000.0 / time.toMillis();
    }
}
