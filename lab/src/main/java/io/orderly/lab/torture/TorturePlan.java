package io.orderly.lab.torture;

import java.time.Duration;

/**
 * How to torture a system.
 *
 * @param seed of the orders, of their arrivals, and of who is killed when
 * @param orders how many are placed, on average
 * @param kills how many processes are killed
 * @param time over which both are spread
 * @param mostDown how many may be away at the same time; with 1, a process is killed only when the one before is back at work
 * @param patience how long, afterwards, the system may take to come to rest
 */
public record TorturePlan(long seed, long orders, int kills, Duration time, int mostDown, Duration patience) {

    public TorturePlan {
        if (orders < 1 || kills < 0 || time.toMillis() < 1 || mostDown < 1) {
            throw new IllegalArgumentException("torture takes orders and time");
        }
    }

    double ordersPerSecond() {
        return orders * 1_000.0 / time.toMillis();
    }
}
