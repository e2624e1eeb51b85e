package io.orderly.stack;

import io.orderly.stack.order.OrderClient;
import io.orderly.stack.process.ManagedProcess;
import io.orderly.stack.process.ProcessFailure;
import java.time.Duration;
import java.util.List;

/**
 * Restarts processes one after the other while orders are placed, as an upgrade does, and checks that no order fails: each process stops
 * gracefully, and another one does its work meanwhile.
 */
final class RollingRestartCheck {

    /** Orders that end before the first restart, and after each one. */
    private static final int ORDERS = 8;

    private static final Duration START_TIMEOUT = Duration.ofMinutes(3);

    private final OrderClient client;
    private final String customer;
    private final String product;

    /** @param client of a gateway */
    RollingRestartCheck(OrderClient client, String customer, String product) {
        this.client = client;
        this.customer = customer;
        this.product = product;
    }

    /**
     * Runs the check.
     *
     * @return what was found, in lines to print
     * @throws ProcessFailure if an order fails, does not end or is not confirmed, or a process is not ready again in time
     */
    String run(List<ManagedProcess> processes) throws InterruptedException {
        try (ContinuousOrders orders = ContinuousOrders.begin(client, customer, product)) {
            orders.awaitEnded(ORDERS);
            int before = orders.ended();
            for (ManagedProcess process : processes) {
                process.restart();
                process.awaitReady(START_TIMEOUT);
                orders.awaitEnded(ORDERS);
            }
            orders.finish();
            orders.requireConfirmed();
            return """
                    Rolling restart: %d processes were restarted one after the other while %d customers placed orders.
                      %d orders were confirmed meanwhile; %s.
                    """.formatted(
                            processes.size(), ContinuousOrders.CUSTOMERS, orders.ended() - before, orders.summary());
        }
    }
}
