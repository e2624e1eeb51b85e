package io.orderly.payment.charging;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.payment.ChargePayment;
import io.orderly.contracts.payment.PaymentCommand;
import io.orderly.contracts.payment.RefundPayment;
import io.orderly.kit.participant.CommandBatch;
import io.orderly.payment.PaymentIntegrationTest;
import io.orderly.payment.ledger.Accounts;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.hibernate.SessionEventListener;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** The number of statements of a batch does not depend on its size. */
class StatementCountIntegrationTest extends PaymentIntegrationTest {

    private static final int SIZE = 40;

    @Autowired
    PaymentCommandHandler commands;

    @Autowired
    SettlementRecorder recorder;

    @Autowired
    PaymentClaimer claimer;

    @Autowired
    SettlementWorker worker;

    @Autowired
    Accounts accounts;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    EntityManager entities;

    private final List<CustomerId> customers = IntStream.range(0, SIZE)
            .mapToObj(number -> new CustomerId("batch-" + number))
            .toList();

    private final List<OrderId> orders =
            Stream.generate(PaymentIntegrationTest::newOrder).limit(SIZE).toList();

    private long statements;

    @BeforeEach
    void awaitCapacityForSettlement() {
        awaitAllSettled();
        await().until(worker::hasCapacity);
    }

    @Test
    void aBatchOfChargesLocksTheAccountsAndWritesThreeTables() {
        rolledBack(() -> {
            assertThat(statementsOf(this::charge))
                    .as("accounts; transfers, payments, accounts")
                    .isEqualTo(4);

            assertThat(states()).containsOnly("INTENDED");
            assertThat(balances()).containsOnly("999990.00");
            assertThat(countOf("attempts = 1 and due_at = now() + interval '1 s'"))
                    .as("claimed")
                    .isEqualTo(SIZE);
        });
    }

    @Test
    void aBatchOfRefundsLocksAndWritesThePayments() {
        rolledBack(() -> {
            charge();
            settle(new ProviderAnswer.Charged());

            assertThat(statementsOf(
                            () -> handle(orders.stream().map(RefundPayment::new).toList())))
                    .as("payments; payments")
                    .isEqualTo(2);

            assertThat(states()).containsOnly("REFUNDING");
        });
    }

    @Test
    void outcomesOfChargesLockThePaymentsAndWriteTwoTables() {
        rolledBack(() -> {
            charge();

            assertThat(statementsOf(() -> settle(new ProviderAnswer.Charged())))
                    .as("payments; transfers, payments")
                    .isEqualTo(3);

            assertThat(states()).containsOnly("CHARGED");
        });
    }

    @Test
    void outcomesThatReleaseHoldsAlsoLockTheAccounts() {
        rolledBack(() -> {
            charge();

            assertThat(statementsOf(() -> settle(new ProviderAnswer.Declined("no"))))
                    .as("payments, accounts; transfers, payments, accounts")
                    .isEqualTo(5);

            assertThat(states()).containsOnly("DECLINED");
            assertThat(balances()).containsOnly("1000000.00");
        });
    }

    @Test
    void knownAndUnknownOutcomesWriteThePaymentsOnce() {
        rolledBack(() -> {
            charge();
            var attempts = attempts();

            assertThat(statementsOf(() -> recorder.record(IntStream.range(0, SIZE)
                            .<SettlementOutcome>mapToObj(number -> number % 2 == 0
                                    ? new SettlementOutcome.Answered(attempts.get(number), new ProviderAnswer.Charged())
                                    : new SettlementOutcome.Unknown(attempts.get(number), 1, Duration.ZERO))
                            .toList())))
                    .as("payments; transfers, payments")
                    .isEqualTo(3);

            assertThat(states()).containsOnly("CHARGED", "INTENDED");
        });
    }

    @Test
    void aClaimLocksAndWritesThePayments() {
        rolledBack(() -> {
            charge();
            jdbc.sql("update payments set due_at = now() where order_id = any(?)")
                    .param(ids())
                    .update();

            assertThat(statementsOf(() -> assertThat(claimer.claimDue(SIZE)).hasSize(SIZE)))
                    .as("payments; payments")
                    .isEqualTo(2);
            assertThat(countOf("attempts = 2 and due_at = now() + interval '1 s'"))
                    .isEqualTo(SIZE);
        });
    }

    /** Runs a test in a transaction that is rolled back, because the provider does not have these payments. */
    private void rolledBack(Runnable test) {
        transactions.executeWithoutResult(status -> {
            accounts.lock(customers);
            entities.clear();
            entities.unwrap(Session.class).addEventListeners(new SessionEventListener() {
                @Override
                public void jdbcPrepareStatementStart() {
                    statements++;
                }
            });
            test.run();
            status.setRollbackOnly();
        });
    }

    private void charge() {
        handle(IntStream.range(0, SIZE)
                .mapToObj(number -> new ChargePayment(orders.get(number), customers.get(number), Money.euros("10.00")))
                .toList());
    }

    private void handle(List<? extends PaymentCommand> batch) {
        commands.handle(CommandBatch.of(List.copyOf(batch), null));
        write();
    }

    private void settle(ProviderAnswer answer) {
        recorder.record(attempts().stream()
                .<SettlementOutcome>map(attempt -> new SettlementOutcome.Answered(attempt, answer))
                .toList());
        write();
    }

    /** Writes pending changes, as a commit does. */
    private void write() {
        entities.flush();
        entities.clear();
    }

    private List<SettlementAttempt> attempts() {
        return orders.stream()
                .map(order -> new SettlementAttempt(order, PaymentState.INTENDED, null, 1, null))
                .toList();
    }

    private long statementsOf(Runnable work) {
        statements = 0;
        work.run();
        write();
        return statements;
    }

    private long countOf(String condition) {
        return jdbc.sql("select count(*) from payments where order_id = any(?) and " + condition)
                .param(ids())
                .query(Long.class)
                .single();
    }

    private UUID[] ids() {
        return orders.stream().map(OrderId::value).toArray(UUID[]::new);
    }

    private List<String> states() {
        return orders.stream().map(this::stateOf).toList();
    }

    private List<String> balances() {
        return customers.stream()
                .map(customer -> balanceOf(customer.value()).toPlainString())
                .toList();
    }
}
