package io.orderly.payment.charging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.payment.LedgerSlice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Limit;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

class PaymentsIntegrationTest extends LedgerSlice {

    private static final Charge CHARGE = new Charge(new CustomerId("alice"), Money.euros("30.00"));
    private static final Decline DECLINE = new Decline(Decline.Reason.INSUFFICIENT_FUNDS, "The account is empty");

    @Autowired
    Payments payments;

    @Autowired
    PaymentLists lists;

    @Autowired
    PlatformTransactionManager transactionManager;

    private final List<OrderId> committed = new ArrayList<>();

    @AfterEach
    void deleteCommitted() {
        committed.forEach(order -> jdbc.sql("delete from payments where order_id = ?")
                .param(order.value())
                .update());
    }

    @Test
    void aStoredPaymentHasTheDataOfItsCharge() {
        var order = store(PaymentState.INTENDED);

        assertThat(lists.find(order)).hasValueSatisfying(payment -> {
            assertThat(payment.orderId()).isEqualTo(order);
            assertThat(payment.state()).isEqualTo(PaymentState.INTENDED);
            assertThat(payment.charge()).isEqualTo(CHARGE);
            assertThat(payment.decline()).isNull();
            assertThat(payment.attempts()).isZero();
            assertThat(payment.createdAt())
                    .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
            assertThat(payment.settledAt()).isNull();
        });
    }

    @Test
    void aStoredPaymentCanHaveNoCharge() {
        var order = store(new Payment(newOrder(), PaymentState.VOIDING, null, null));

        assertThat(lists.find(order))
                .hasValueSatisfying(payment -> assertThat(payment.charge()).isNull());
    }

    @Test
    void aDeclinedPaymentIsStoredWithItsReason() {
        var order = store(PaymentState.DECLINED);

        assertThat(lists.find(order)).hasValueSatisfying(payment -> {
            assertThat(payment.decline()).isEqualTo(DECLINE);
            assertThat(payment.settledAt()).isNotNull();
        });
    }

    @ParameterizedTest
    @EnumSource
    void anyStateSatisfiesTheConstraintsOfTheTable(PaymentState state) {
        var order = store(state);

        assertThat(lists.find(order))
                .hasValueSatisfying(payment -> assertThat(payment.state()).isEqualTo(state));
    }

    @Test
    void lockingReturnsTheExistingPaymentsOnly() {
        var first = store(PaymentState.INTENDED);
        var second = store(PaymentState.CHARGED);

        assertThat(payments.lock(List.of(second, newOrder(), first))).containsOnlyKeys(first, second);
        assertThat(payments.lock(List.of())).isEmpty();
    }

    @Test
    void theSettlementOfAPaymentIsStored() {
        var order = store(PaymentState.INTENDED);

        payments.lock(List.of(order)).get(order).apply(new ProviderAnswer.Charged());
        flushAndClear();

        assertThat(lists.find(order)).hasValueSatisfying(payment -> {
            assertThat(payment.state()).isEqualTo(PaymentState.CHARGED);
            assertThat(payment.settledAt()).isNotNull();
        });
        assertThat(payments.countOpen()).isZero();
    }

    @Test
    void duePaymentsAreLockedWithTheEarliestDueTimeFirst() {
        var latest = storeDue(Duration.ofSeconds(-1));
        var earliest = storeDue(Duration.ofSeconds(-3));
        var middle = storeDue(Duration.ofSeconds(-2));
        storeDue(Duration.ofMinutes(1));
        store(PaymentState.CHARGED);

        assertThat(due(10)).containsExactly(earliest, middle, latest);
        assertThat(due(2)).containsExactly(earliest, middle);
        assertThat(payments.countOpen()).isEqualTo(4);
    }

    @Test
    void aClaimedPaymentIsNotDueUntilItsClaimExpiresOrIsReleased() {
        var order = store(PaymentState.INTENDED);

        payments.lock(List.of(order)).get(order).claim(Duration.ofMinutes(1));
        flushAndClear();
        assertThat(due(10)).isEmpty();

        payments.lock(List.of(order)).get(order).postpone(0, Duration.ZERO);
        flushAndClear();
        assertThat(due(10)).containsExactly(order);
    }

    @Test
    @Transactional(propagation = Propagation.NOT_SUPPORTED)
    void duePaymentsThatAnotherTransactionHasLockedAreSkipped() {
        var locked = commit(PaymentState.INTENDED);
        var free = commit(PaymentState.INTENDED);

        inNewTransaction(() -> {
            assertThat(payments.lock(List.of(locked))).containsOnlyKeys(locked);
            inNewTransaction(() -> assertThat(due(10)).containsExactly(free));
        });
        inNewTransaction(() -> assertThat(due(10)).containsExactlyInAnyOrder(locked, free));
    }

    @Test
    @Transactional(propagation = Propagation.NOT_SUPPORTED)
    void aSecondPaymentOfAnOrderIsADuplicateKey() {
        var order = commit(PaymentState.INTENDED);

        assertThatExceptionOfType(DuplicateKeyException.class)
                .isThrownBy(() ->
                        inNewTransaction(() -> payments.saveAll(List.of(payment(order, PaymentState.INTENDED)))));
    }

    private OrderId store(PaymentState state) {
        return store(payment(newOrder(), state));
    }

    private OrderId store(Payment payment) {
        payments.saveAll(List.of(payment));
        flushAndClear();
        return payment.orderId();
    }

    private static Payment payment(OrderId order, PaymentState state) {
        return new Payment(order, state, CHARGE, state == PaymentState.DECLINED ? DECLINE : null);
    }

    private OrderId storeDue(Duration fromNow) {
        var order = store(PaymentState.INTENDED);
        jdbc.sql("update payments set due_at = now() + ? * interval '1 ms' where order_id = ?")
                .params(fromNow.toMillis(), order.value())
                .update();
        return order;
    }

    private OrderId commit(PaymentState state) {
        var order = newOrder();
        committed.add(order);
        inNewTransaction(() -> payments.saveAll(List.of(payment(order, state))));
        return order;
    }

    private List<OrderId> due(int limit) {
        return payments.lockDue(Limit.of(limit)).stream().map(Payment::orderId).toList();
    }

    /** Its waits for locks end with an error, so that a test that would deadlock fails. */
    private void inNewTransaction(Runnable work) {
        var transaction = new TransactionTemplate(transactionManager);
        transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        transaction.executeWithoutResult(_ -> {
            jdbc.sql("set local lock_timeout = '5s'").update();
            work.run();
        });
    }
}
