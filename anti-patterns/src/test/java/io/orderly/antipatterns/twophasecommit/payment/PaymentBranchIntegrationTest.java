package io.orderly.antipatterns.twophasecommit.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderly.antipatterns.PaymentIntegrationTest;
import io.orderly.antipatterns.twophasecommit.InDoubtBranch;
import io.orderly.antipatterns.twophasecommit.Vote;
import io.orderly.antipatterns.twophasecommit.Vote.Contended;
import io.orderly.antipatterns.twophasecommit.Vote.Declined;
import io.orderly.antipatterns.twophasecommit.Vote.Prepared;
import io.orderly.antipatterns.twophasecommit.Vote.Unavailable;
import io.orderly.contracts.CustomerId;
import io.orderly.contracts.MessageCodec;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.payment.ChargePayment;
import io.orderly.kit.web.ProblemException;
import io.orderly.payment.charging.Charge;
import io.orderly.payment.charging.Payment;
import io.orderly.payment.charging.ProviderGuard;
import io.orderly.payment.reconciliation.Reconciliation;
import io.orderly.payment.reconciliation.ReconciliationReport;
import io.orderly.provider.book.Status;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

/** The payment branch: database and provider reach the same outcome, including failures in between. */
class PaymentBranchIntegrationTest extends PaymentIntegrationTest {

    @Autowired
    PaymentBranch branch;

    @Autowired
    Authorizations authorizations;

    @Autowired
    AuthorizingProvider authorizingProvider;

    @Autowired
    ProviderGuard guard;

    @Autowired
    Reconciliation reconciliation;

    /** Other tests cause outages that open the breaker. */
    @BeforeEach
    void awaitClosedBreaker() {
        await().until(() -> guard.permits() == Integer.MAX_VALUE);
    }

    @AfterEach
    void assertNothingIsInDoubt() {
        assertThat(branch.inDoubt()).isEmpty();
    }

    @Test
    void theAmountIsCapturedWhenTheBranchIsCommitted() {
        OrderId order = newOrder();

        assertThat(prepare(order, "dist-1", "30.00")).isEqualTo(new Prepared());
        assertThat(statusOf(order)).contains(Status.AUTHORIZED);
        assertThat(branch.inDoubt())
                .extracting(InDoubtBranch::kind)
                .containsExactlyInAnyOrder(InDoubtBranch.Kind.values());
        branch.commit(order);
        branch.commit(order);

        assertThat(statusOf(order)).contains(Status.CHARGED);
        assertThat(stateOf(order)).isEqualTo("CHARGED");
        assertThat(kindsOf(order)).isEqualTo("CAPTURE,HOLD");
        assertThat(balanceOf("dist-1")).isEqualByComparingTo("999970.00");
        assertThat(prepare(order, "dist-1", "30.00")).isInstanceOf(Contended.class);
    }

    @Test
    void theAmountIsVoidedWhenTheBranchIsRolledBack() {
        OrderId order = newOrder();

        assertThat(prepare(order, "dist-2", "30.00")).isEqualTo(new Prepared());
        branch.rollback(order);
        branch.rollback(order);

        assertThat(statusOf(order)).contains(Status.VOIDED);
        assertThat(stateOf(order)).isEqualTo("NONE");
    }

    @Test
    void aDeclineOfTheProviderIsANo() {
        OrderId order = newOrder();

        assertThat(prepare(order, "declined", "30.00")).isEqualTo(new Declined("DECLINED_BY_PROVIDER", "card_expired"));

        assertThat(statusOf(order)).contains(Status.DECLINED);
        assertThat(stateOf(order)).isEqualTo("NONE");
    }

    @Test
    void theAmountIsVoidedIfTheAccountDoesNotCoverIt() {
        OrderId order = newOrder();

        Vote vote = prepare(order, "broke", "30.00");

        assertThat(vote)
                .isInstanceOfSatisfying(
                        Declined.class,
                        declined -> assertThat(declined.reason()).isEqualTo("INSUFFICIENT_FUNDS"));
        assertThat(statusOf(order)).contains(Status.VOIDED);
    }

    @Test
    void anUnavailableProviderIsANoAndItsHoldIsVoidedLater() {
        OrderId order = newOrder();
        provider.loseAnswers();

        assertThat(prepare(order, "dist-3", "30.00")).isInstanceOf(Unavailable.class);
        assertThat(branch.inDoubt()).extracting(InDoubtBranch::kind).containsExactly(InDoubtBranch.Kind.AUTHORIZED);

        provider.reset();
        rollbackUntilAcknowledged(order);
        assertThat(statusOf(order)).contains(Status.VOIDED);
    }

    @Test
    void aCommitDuringAnOutageUnlocksTheAccountAndCapturesLater() {
        OrderId order = newOrder();
        assertThat(prepare(order, "dist-4", "30.00")).isEqualTo(new Prepared());
        provider.startOutage();

        assertThatThrownBy(() -> branch.commit(order)).isInstanceOf(ProblemException.class);
        assertThat(stateOf(order)).isEqualTo("CHARGED");
        assertThat(branch.inDoubt()).extracting(InDoubtBranch::kind).containsExactly(InDoubtBranch.Kind.AUTHORIZED);

        provider.reset();
        assertThat(differencesOf(order)).as("the difference is only temporary").isEmpty();
        await().ignoreExceptions().until(() -> {
            branch.commit(order);
            return true;
        });
        assertThat(statusOf(order)).contains(Status.CHARGED);
        assertThat(differencesOf(order)).isEmpty();
    }

    @Test
    void anAuthorizationWithoutABranchIsRolledBack() {
        OrderId order = newOrder();
        authorizations.begin(order);
        authorizingProvider.authorize(order, new Charge(new CustomerId("dist-5"), Money.euros("30.00")));

        branch.rollback(order);

        assertThat(statusOf(order)).contains(Status.VOIDED);
    }

    @Test
    void aPrepareAfterTheRollbackIsRefusedAndHoldsNothing() {
        OrderId order = newOrder();
        branch.rollback(order);

        assertThat(prepare(order, "dist-6", "30.00")).isInstanceOf(Contended.class);

        assertThat(statusOf(order)).contains(Status.VOIDED);
        assertThat(stateOf(order)).isEqualTo("NONE");
    }

    @Test
    void aMismatchOfPathAndBodyIsRejected(@LocalServerPort int port) {
        OrderId order = newOrder();

        RestTestClient.bindToServer()
                .baseUrl("http://localhost:" + port)
                .build()
                .put()
                .uri("/anti-patterns/distributed-transaction/branches/" + newOrder())
                .contentType(MediaType.APPLICATION_JSON)
                .body(MessageCodec.encode(new ChargePayment(order, new CustomerId("dist-7"), Money.euros("30.00"))))
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("orderId");

        assertThat(statusOf(order)).isEmpty();
    }

    private Vote prepare(OrderId order, String customer, String euros) {
        return branch.prepare(new ChargePayment(order, new CustomerId(customer), Money.euros(euros)));
    }

    private void rollbackUntilAcknowledged(OrderId order) {
        await().ignoreExceptions().until(() -> {
            branch.rollback(order);
            return true;
        });
    }

    private List<ReconciliationReport.Difference> differencesOf(OrderId order) {
        return reconciliation.run().differences().stream()
                .filter(difference -> difference.key().equals(Payment.idOf(order)))
                .toList();
    }

    private Optional<Status> statusOf(OrderId order) {
        return provider.find(Payment.idOf(order)).map(payment -> payment.status());
    }

    private String kindsOf(OrderId order) {
        return jdbc.sql("select string_agg(kind, ',' order by kind) from transfers where reference = ?")
                .param(order.value())
                .query(String.class)
                .single();
    }
}
