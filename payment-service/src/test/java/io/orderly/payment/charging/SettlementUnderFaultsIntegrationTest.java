package io.orderly.payment.charging;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.reply.ChargeCaptured;
import io.orderly.contracts.reply.ChargeReversed;
import io.orderly.payment.PaymentIntegrationTest;
import io.orderly.payment.reconciliation.Reconciliation;
import io.orderly.provider.book.Status;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Many orders with repeated and reordered commands, a provider with errors, lost answers, latency and an outage, and a
 * worker that is stopped and restarted. A run is repeated with {@code -Dpayment.seed=…}.
 */
class SettlementUnderFaultsIntegrationTest extends PaymentIntegrationTest {

    private static final int ORDERS = 250;

    @Autowired
    SettlementWorker worker;

    @Autowired
    Reconciliation reconciliation;

    @Test
    void ledgerAndProviderAgreeAfterFaultsAndRepeatedCommands() {
        long seed = Long.getLong("payment.seed", new Random().nextLong());
        System.out.println("payment.seed=" + seed);
        var random = new Random(seed);
        var orders = new ArrayList<OrderId>();
        Set<OrderId> refunded = new HashSet<>();

        provider.injectFaults(seed, 400);
        for (int i = 0; i < ORDERS; i++) {
            var order = newOrder();
            orders.add(order);
            sendCommands(order, random, refunded);
            switch (i) {
                case ORDERS / 4 -> provider.startOutage();
                case ORDERS / 3 -> provider.injectFaults(seed + 1, 400);
                case ORDERS / 2 -> worker.stop();
                case ORDERS * 2 / 3 -> worker.start();
                default -> {}
            }
        }
        provider.reset();

        orders.forEach(order -> awaitReplies(order, refunded.contains(order) ? 2 : 1));
        awaitAllSettled();
        check(orders, refunded);
    }

    private void sendCommands(OrderId order, Random random, Set<OrderId> refunded) {
        var customer = "faults-" + random.nextInt(7);
        var euros = random.nextInt(1, 500) + "." + random.nextInt(10, 100);
        switch (random.nextInt(5)) {
            case 0 -> {
                refund(order);
                charge(order, customer, euros);
                refunded.add(order);
            }
            case 1, 2 -> {
                charge(order, customer, euros);
                refund(order);
                refunded.add(order);
            }
            case 3 -> {
                charge(order, customer, euros);
                charge(order, customer, euros);
            }
            default -> charge(order, customer, euros);
        }
    }

    private void check(List<OrderId> orders, Set<OrderId> refunded) {
        for (var order : orders) {
            var replies = replies(order);
            var state = stateOf(order);
            boolean taken = provider.find(Payment.idOf(order))
                    .map(payment -> payment.status() == Status.CHARGED)
                    .orElse(false);
            assertThat(state.equals("CHARGED")).as("%s %s", order, state).isEqualTo(taken);
            if (refunded.contains(order)) {
                assertThat(taken).isFalse();
                assertThat(replies).filteredOn(ChargeReversed.class::isInstance).hasSize(1);
            } else {
                assertThat(replies.stream().anyMatch(ChargeCaptured.class::isInstance))
                        .isEqualTo(taken);
            }
        }
        assertThat(sum("select coalesce(sum(amount), 0) from ledger_entries")).isZero();
        assertThat(sum("select coalesce(sum(amount), 0) from ledger_entries where account = 'held'"))
                .isZero();
        var report = reconciliation.run();
        assertThat(report.differences()).isEmpty();
        assertThat(report.imbalances()).isEmpty();
        assertThat(report.complete()).isTrue();
        assertThat(report.compared()).isGreaterThanOrEqualTo(ORDERS);
        assertThat(sum("select sum(amount) from ledger_entries where account = 'clearing'"))
                .isEqualByComparingTo(provider.book()
                        .summary()
                        .byCurrency()
                        .get("EUR")
                        .get(Status.CHARGED)
                        .amount());
    }

    private BigDecimal sum(String sql) {
        return jdbc.sql(sql).query(BigDecimal.class).single();
    }
}
