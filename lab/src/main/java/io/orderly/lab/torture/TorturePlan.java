package io.orderly.lab.torture;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a torture run.
 *
 * @param seed the seed of the orders, their arrival times and the faults
 * @param ordersPerSecond the rate of orders; null for half of the rate that the system holds, which is measured first
 * @param leastAcknowledged the number of orders whose acceptance the clients have to receive: if it is not reached by the last
 *     fault, orders are placed until it is, within {@code patience}
 * @param time the period over which orders and faults are distributed
 * @param patience the maximum time for each wait after the faults
 */
public record TorturePlan(
        long seed,
        @Nullable Double ordersPerSecond,
        long leastAcknowledged,
        Faults faults,
        Duration time,
        Duration patience) {

    /** What happens to the system. */
    public sealed interface Faults {

        /**
         * Processes of a system without coordinators are killed.
         *
         * @param kills their number
         * @param mostDown how many processes may be down at the same time; with 1, a process is killed only after the previous
         *     process has handled a message
         */
        record Kills(int kills, int mostDown) implements Faults {

            public Kills {
                if (kills < 0 || mostDown < 1) {
                    throw new IllegalArgumentException("kills must not be negative, and mostDown must be positive");
                }
            }
        }

        /** Faults of all kinds affect a system with coordinators, up to three at once. */
        record Nemesis() implements Faults {}
    }

    public TorturePlan {
        if (time.toMillis() < 1 || ordersPerSecond != null && !(ordersPerSecond > 0)) {
            throw new IllegalArgumentException("time and ordersPerSecond must be positive");
        }
    }
}
