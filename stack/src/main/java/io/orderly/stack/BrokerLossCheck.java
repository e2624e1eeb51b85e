package io.orderly.stack;

import io.orderly.contracts.OrderId;
import io.orderly.stack.order.OrderClient;
import io.orderly.stack.process.ManagedProcess;
import io.orderly.stack.process.ProcessFailure;
import io.orderly.stack.process.Supervisor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * Kills two of three brokers while orders are placed. Without the first one, which is the active controller, orders go on. Without the second one
 * the last broker accepts no record, because it would have the only copy: orders are still accepted, and end when a broker is back.
 */
final class BrokerLossCheck {

    /** Orders that end before the first broker is killed, without it, and when all brokers are back. */
    private static final int ORDERS = 20;

    private static final int ACCEPTED_WITHOUT_QUORUM = 3;

    private static final Duration START_TIMEOUT = Duration.ofMinutes(3);
    private static final Duration ADMIN_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration OBSERVATION = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final OrderClient client;
    private final String customer;
    private final String product;

    BrokerLossCheck(OrderClient client, String customer, String product) {
        this.client = client;
        this.customer = customer;
        this.product = product;
    }

    /**
     * Runs the check, and leaves the system with all brokers.
     *
     * @return what was found, in lines to print
     * @throws ProcessFailure if an order is not accepted or does not end, or ends without a majority of brokers, or a broker is not ready again in
     *     time
     */
    String run(Supervisor system, Brokers brokers) throws InterruptedException {
        try (ContinuousOrders orders = ContinuousOrders.begin(client, customer, product)) {
            orders.awaitEnded(ORDERS);
            int controller = activeController(brokers.bootstrapServers());
            ManagedProcess first = broker(system, brokers, controller);
            first.kill();
            int before = orders.ended();
            orders.awaitEnded(ORDERS);

            ManagedProcess second = broker(system, brokers, controller % Brokers.REPLICATED + 1);
            second.kill();
            List<OrderId> accepted = new ArrayList<>();
            for (int i = 0; i < ACCEPTED_WITHOUT_QUORUM; i++) {
                accepted.add(client.accept(customer, product));
            }
            requireOpen(accepted);

            first.start();
            second.start();
            first.awaitReady(START_TIMEOUT);
            second.awaitReady(START_TIMEOUT);
            for (OrderId order : accepted) {
                client.awaitEnd(order);
            }
            orders.awaitEnded(ORDERS);
            orders.finish();
            return """
                    Brokers: %s, the active controller, was killed while %d customers placed orders, and then %s.
                      %d orders had ended before, %d ended after it; %s.
                      With one broker left %d further orders were accepted, which ended when both were back.
                    """.formatted(
                            first.name(),
                            ContinuousOrders.CUSTOMERS,
                            second.name(),
                            before,
                            orders.ended() - before,
                            orders.summary(),
                            accepted.size());
        }
    }

    /** Looks for much longer than an order takes. */
    private void requireOpen(List<OrderId> orders) throws InterruptedException {
        long endNanos = System.nanoTime() + OBSERVATION.toNanos();
        while (System.nanoTime() - endNanos < 0) {
            for (OrderId order : orders) {
                if (client.isComplete(order)) {
                    throw new ProcessFailure("order %s ended although one broker alone was left".formatted(order));
                }
            }
            Thread.sleep(PAUSE);
        }
    }

    private static ManagedProcess broker(Supervisor system, Brokers brokers, int id) {
        return system.process(brokers.names().get(id - 1));
    }

    /** The id of the controller that leads the others. */
    private static int activeController(String bootstrapServers) throws InterruptedException {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            return admin.describeMetadataQuorum()
                    .quorumInfo()
                    .get(ADMIN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                    .leaderId();
        } catch (ExecutionException | TimeoutException e) {
            throw new ProcessFailure("Kafka does not name its active controller: " + e, e);
        }
    }
}
