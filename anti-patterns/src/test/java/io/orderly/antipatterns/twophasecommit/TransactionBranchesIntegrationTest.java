package io.orderly.antipatterns.twophasecommit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderly.antipatterns.ShippingIntegrationTest;
import io.orderly.antipatterns.twophasecommit.InDoubtBranch.HeldLock;
import io.orderly.antipatterns.twophasecommit.Vote.Contended;
import io.orderly.antipatterns.twophasecommit.Vote.Declined;
import io.orderly.antipatterns.twophasecommit.Vote.Prepared;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.Topic;
import io.orderly.contracts.reply.StockReserved;
import io.orderly.kit.outbox.Outbox;
import io.orderly.kit.web.ProblemException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Prepare, commit and rollback of branches, repeated, late and concurrent. */
class TransactionBranchesIntegrationTest extends ShippingIntegrationTest {

    @Autowired
    TransactionBranches branches;

    @Autowired
    Outbox outbox;

    @Autowired
    PlatformTransactionManager transactionManager;

    @BeforeEach
    void createTable() {
        jdbc.sql("create table if not exists effects (order_id uuid not null, step text not null)")
                .update();
    }

    @AfterEach
    void rollBackPreparedBranches() {
        branches.inDoubt().forEach(branch -> branches.rollback(branch.transaction()));
    }

    @Test
    void aCommittedBranchTakesEffect() {
        OrderId order = newOrder();

        assertThat(branches.prepare(order, effectOf(order))).isEqualTo(new Prepared());
        assertThat(effectsOf(order)).isEmpty();
        branches.commit(order);
        branches.commit(order);

        assertThat(effectsOf(order)).containsExactly("TEST");
        assertThat(branches.inDoubt()).isEmpty();
    }

    @Test
    void aRolledBackBranchHasNoEffect() {
        OrderId order = newOrder();

        assertThat(branches.prepare(order, effectOf(order))).isEqualTo(new Prepared());
        branches.rollback(order);
        branches.rollback(order);
        assertThatThrownBy(() -> branches.commit(order)).isInstanceOf(ProblemException.class);

        assertThat(effectsOf(order)).isEmpty();
        assertThat(branches.inDoubt()).isEmpty();
    }

    @Test
    void aPrepareAfterTheRollbackIsRefused() {
        OrderId order = newOrder();
        branches.rollback(order);

        assertThat(branches.prepare(order, effectOf(order))).isInstanceOf(Contended.class);
        assertThat(branches.inDoubt()).isEmpty();
    }

    @Test
    void aBranchIsRolledBackWhileItIsBeingPrepared() throws Exception {
        OrderId order = newOrder();
        var atWork = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        CompletableFuture<Vote> vote = CompletableFuture.supplyAsync(() -> branches.prepare(order, () -> {
            atWork.countDown();
            awaitQuietly(goOn);
            return effectOf(order).get();
        }));
        atWork.await();

        CompletableFuture<Void> rollback = CompletableFuture.runAsync(() -> branches.rollback(order));
        goOn.countDown();
        rollback.join();

        assertThat(vote.join()).isEqualTo(new Prepared());
        assertThat(branches.inDoubt()).isEmpty();
        assertThatThrownBy(() -> branches.commit(order)).isInstanceOf(ProblemException.class);
        assertThat(effectsOf(order)).isEmpty();
    }

    @Test
    void aBranchIsPreparedOnce() {
        OrderId order = newOrder();
        branches.prepare(order, effectOf(order));

        assertThat(branches.prepare(order, effectOf(order))).isInstanceOf(Contended.class);
        branches.commit(order);

        assertThat(effectsOf(order)).containsExactly("TEST");
    }

    @Test
    void aCommittedBranchIsNotPreparedAgain() {
        OrderId order = newOrder();
        branches.prepare(order, effectOf(order));
        branches.commit(order);

        assertThat(branches.prepare(order, effectOf(order))).isInstanceOf(Contended.class);
        assertThat(effectsOf(order)).containsExactly("TEST");
    }

    /** Recovery repeats a decision until it is acknowledged. */
    @Test
    void aRepeatedCommitIsAcknowledgedAndAnUnknownBranchIsNot() {
        OrderId order = newOrder();
        branches.prepare(order, effectOf(order));

        send(order, "commit").expectStatus().isNoContent();
        send(order, "commit").expectStatus().isNoContent();
        send(newOrder(), "commit")
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("/problems/unknown-branch");
    }

    /** Presumed abort: an unknown branch is rolled back, and cannot be prepared later. */
    @Test
    void aRollbackOfAnUnknownBranchIsAcknowledged() {
        OrderId order = newOrder();

        send(order, "rollback").expectStatus().isNoContent();
        send(order, "rollback").expectStatus().isNoContent();
        send(order, "commit").expectStatus().isNotFound();
    }

    private RestTestClient.ResponseSpec send(OrderId order, String verdict) {
        return http.post()
                .uri("/anti-patterns/distributed-transaction/branches/{order}/{verdict}", order, verdict)
                .exchange();
    }

    @Test
    void aBranchIsNotPreparedIfItsWorkVotesNo() {
        OrderId order = newOrder();

        Vote vote = branches.prepare(order, () -> {
            effectOf(order).get();
            return new Declined("NO", "no");
        });

        assertThat(vote).isEqualTo(new Declined("NO", "no"));
        assertThat(branches.inDoubt()).isEmpty();
        assertThat(effectsOf(order)).isEmpty();
    }

    @Test
    void aBranchIsNotPreparedIfItsWorkFails() {
        OrderId order = newOrder();

        assertThatThrownBy(() -> branches.prepare(order, () -> {
                    effectOf(order).get();
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");

        assertThat(branches.inDoubt()).isEmpty();
    }

    @Test
    void aPreparedBranchHoldsAndReportsItsLocks() {
        OrderId hot = newOrder();
        new TransactionTemplate(transactionManager).executeWithoutResult(_ -> insert(hot));
        OrderId first = newOrder();
        OrderId second = newOrder();

        assertThat(branches.prepare(first, updateOf(hot))).isEqualTo(new Prepared());
        InDoubtBranch inDoubt = branches.inDoubt().getFirst();
        assertThat(inDoubt.transaction()).isEqualTo(first);
        assertThat(inDoubt.ageMillis()).isNotNegative();
        assertThat(inDoubt.locks()).contains(new HeldLock("effects", "RowExclusiveLock"));
        assertThat(inDoubt.waiting()).isZero();

        CompletableFuture<Vote> waiting = CompletableFuture.supplyAsync(() -> branches.prepare(second, updateOf(hot)));
        await().until(() -> waiting.isDone() || branches.inDoubt().getFirst().waiting() == 1);
        assertThat(waiting.join()).isInstanceOf(Contended.class);

        branches.commit(first);
        OrderId third = newOrder();
        assertThat(branches.prepare(third, updateOf(hot))).isEqualTo(new Prepared());
    }

    @Test
    void messagesAreSentWhenTheBranchIsCommitted() {
        OrderId rolledBack = newOrder();
        OrderId committed = newOrder();
        for (OrderId order : List.of(rolledBack, committed)) {
            branches.prepare(order, () -> {
                outbox.append(new StockReserved(order));
                return new Prepared();
            });
        }
        assertThat(jdbc.sql("select count(*) from outbox where message_key = ?")
                        .param(committed.toString())
                        .query(Long.class)
                        .single())
                .isZero();

        branches.rollback(rolledBack);
        branches.commit(committed);

        await().until(() -> !repliesOf(committed).isEmpty());
        assertThat(repliesOf(rolledBack)).isEmpty();
    }

    private List<String> effectsOf(OrderId order) {
        return jdbc.sql("select step from effects where order_id = ?")
                .param(order.value())
                .query(String.class)
                .list();
    }

    private static List<?> repliesOf(OrderId order) {
        return kafka.messages(Topic.SAGA_REPLIES.topicName(), order.toString());
    }

    private Supplier<Vote> effectOf(OrderId order) {
        return () -> {
            insert(order);
            return new Prepared();
        };
    }

    private void insert(OrderId order) {
        jdbc.sql("insert into effects (order_id, step) values (?, 'TEST')")
                .param(order.value())
                .update();
    }

    private Supplier<Vote> updateOf(OrderId hot) {
        return () -> {
            jdbc.sql("update effects set step = 'TEST' where order_id = ?")
                    .param(hot.value())
                    .update();
            return new Prepared();
        };
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
