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

/** What a batch asks of the database does not depend on its size. */
class StatementCountIntegrationTest extends PaymentIntegrationTest {

    private static final int SIZE = 40;

    @Autowired
    PaymentCommandHandler commands;

    @Autowired
    SettlementRecorder outcomes;

    @Autowired
    PaymentClaimer claims;

    @Autowired
    SettlementWorker settlement;

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
    void wouldBeSettledAtOnce() {
        awaitQuiet();
        await().until(settlement::hasRoom);
    }

    @Test
    void chargesLockTheAccountsAndWriteThreeTables() {
        rolledBack(() -> {
            assertThat(statementsOf(this::charge))
                    .as("accounts; transfers, payments, accounts")
                    .isEqualTo(4);

            assertThat(states()).containsOnly("INTENDED");
            assertThat(balances()).containsOnly("999990.00");
            assertThat(countOf("attempts = 1 and due_at = now() + interval '1 s'"))
                    .as("taken up")
                    .isEqualTo(SIZE);
        });
    }

    @Test
    void refundsLockAndWriteThePayments() {
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
    void outcomesThatGiveBackLockTheAccountsToo() {
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
    void outcomesThatAreUnknownAndKnownWriteThePaymentsOnce() {
        rolledBack(() -> {
            charge();
            var errands = errands();

            assertThat(statementsOf(() -> outcomes.commit(IntStream.range(0, SIZE)
                            .<SettlementOutcome>mapToObj(number -> number % 2 == 0
                                    ? new SettlementOutcome.Answered(errands.get(number), new ProviderAnswer.Charged())
                                    : new SettlementOutcome.Unknown(errands.get(number), 1, Duration.ZERO))
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

            assertThat(statementsOf(() -> assertThat(claims.take(SIZE)).hasSize(SIZE)))
                    .as("payments; payments")
                    .isEqualTo(2);
            assertThat(countOf("attempts = 2 and due_at = now() + interval '1 s'"))
                    .isEqualTo(SIZE);
        });
    }

    /** The provider would not agree with what happens here. */
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
        outcomes.commit(errands().stream()
                .<SettlementOutcome>map(errand -> new SettlementOutcome.Answered(errand, answer))
                .toList());
        write();
    }

    /** As the commit does. */
    private void write() {
        entities.flush();
        entities.clear();
    }

    private List<SettlementAttempt> errands() {
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
