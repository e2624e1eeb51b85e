package io.orderly.stack;

import io.orderly.stack.order.OrderClient;
import io.orderly.stack.process.ManagedProcess;
import io.orderly.stack.process.ProcessFailure;
import java.time.Duration;

/**
 * Kills an instance of a service while orders are placed, and checks that all of them end: another instance takes over its partitions, and its
 * part of the topics.
 */
final class InstanceLossCheck {

    /** Orders that have ended before the instance is killed, and as many after it. */
    private static final int ORDERS = 20;

    private static final Duration START_TIMEOUT = Duration.ofMinutes(3);

    private final OrderClient client;
    private final String customer;
    private final String product;

    /** A check that runs at the same time. */
    interface OtherCheck {

        /** @return what was found, in lines to print */
        String run() throws InterruptedException;
    }

    /** @param client of an instance that is not killed, or of a gateway */
    InstanceLossCheck(OrderClient client, String customer, String product) {
        this.client = client;
        this.customer = customer;
        this.product = product;
    }

    /**
     * Kills the instance, runs another check meanwhile, and starts the instance again.
     *
     * @param other check that runs while the instance is away; its result is part of the result
     * @return what was found, in lines to print
     * @throws ProcessFailure if an order does not end, or the instance is not ready again in time
     */
    String run(ManagedProcess instance, OtherCheck other) throws InterruptedException {
        try (ContinuousOrders orders = ContinuousOrders.begin(client, customer, product)) {
            orders.awaitEnded(ORDERS);
            instance.kill();
            int before = orders.ended();
            String found = other.run();
            orders.awaitEnded(ORDERS);
            // partitions move back to it while orders are placed
            instance.start();
            instance.awaitReady(START_TIMEOUT);
            orders.awaitEnded(ORDERS);
            orders.finish();
            return """
                    Instances: %s was killed while %d customers placed orders.
                      %d orders had ended before, %d ended after it; %s.
                      %s is back.
                    %s""".formatted(
                            instance.name(),
                            ContinuousOrders.CUSTOMERS,
                            before,
                            orders.ended() - before,
                            orders.summary(),
                            instance.name(),
                            found);
        }
    }
}
