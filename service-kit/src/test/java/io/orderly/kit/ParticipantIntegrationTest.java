package io.orderly.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.contracts.MessageCodec;
import io.orderly.contracts.MessageHeaders;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.SagaStep;
import io.orderly.contracts.Topic;
import io.orderly.contracts.inventory.CommitReservation;
import io.orderly.contracts.inventory.ReleaseInventory;
import io.orderly.contracts.reply.StepRefused;
import io.orderly.contracts.reply.StepReply;
import io.orderly.contracts.reply.StockReleased;
import io.orderly.contracts.reply.StockReserved;
import io.orderly.kit.deadletter.Redelivery;
import io.orderly.kit.messaging.RawMessage;
import io.orderly.kit.participant.DeferredReplies;
import io.orderly.kit.testing.KafkaTap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class ParticipantIntegrationTest extends KitIntegrationTest {

    @Autowired
    DeferredReplies deferredReplies;

    @Autowired
    Redelivery redelivery;

    @Test
    void executesAStepAndRepliesInTheTraceOfItsCommand() {
        OrderId order = newOrder();

        Map<String, String> sent = kafka.send(reserve(order));

        await().until(() -> replies(order).size() == 1);
        assertThat(replies(order)).isEqualTo(List.of(new StockReserved(order)));
        RawMessage reply =
                kafka.seen(Topic.SAGA_REPLIES.topicName(), order.toString()).getFirst();
        assertThat(reply.headers())
                .containsEntry(MessageHeaders.SPEC_VERSION, "1.0")
                .containsEntry(MessageHeaders.SOURCE, "/kit-test")
                .containsEntry(MessageHeaders.CAUSATION_ID, sent.get(MessageHeaders.ID));
        assertThat(traceId(reply.headers())).isEqualTo(traceId(sent));
        assertThat(Long.parseLong(reply.headers().get(MessageHeaders.LAMPORT_TIME)))
                .isGreaterThan(1);
        assertThat(reply.headers().get(MessageHeaders.HYBRID_TIME)).isGreaterThan(sent.get(MessageHeaders.HYBRID_TIME));
    }

    @Test
    void aDuplicateOfACommandTakesNoEffectAndGetsNoReply() {
        OrderId order = newOrder();

        Map<String, String> headers = kafka.send(reserve(order));
        kafka.send(reserve(order), headers);
        kafka.send(new CommitReservation(order));

        await().until(() -> replies(order).size() == 2);
        assertThat(effects.of(order)).containsExactly("RESERVE_INVENTORY", "COMMIT_RESERVATION");
    }

    @Test
    void aRepeatedCommandGetsTheRecordedReplyAgain() {
        OrderId order = newOrder();

        kafka.send(reserve(order));
        Map<String, String> repeated = kafka.send(reserve(order));

        await().until(() -> replies(order).size() == 2);
        assertThat(replies(order)).isEqualTo(List.of(new StockReserved(order), new StockReserved(order)));
        assertThat(effects.of(order)).containsExactly("RESERVE_INVENTORY");
        assertThat(kafka.seen(Topic.SAGA_REPLIES.topicName(), order.toString())
                        .getLast()
                        .headers())
                .containsEntry(MessageHeaders.CAUSATION_ID, repeated.get(MessageHeaders.ID));
    }

    @Test
    void aForwardStepThatArrivesAfterItsCompensationIsRefused() {
        OrderId order = newOrder();

        kafka.send(new ReleaseInventory(order));
        kafka.send(reserve(order));

        await().until(() -> replies(order).size() == 2);
        assertThat(replies(order).getFirst()).isEqualTo(new StockReleased(order));
        assertThat(replies(order).getLast()).isInstanceOfSatisfying(StepRefused.class, refused -> {
            assertThat(refused.step()).isEqualTo(SagaStep.RESERVE_INVENTORY);
            assertThat(refused.reason()).isEqualTo("ALREADY_COMPENSATED");
        });
        assertThat(effects.of(order)).containsExactly("RELEASE_INVENTORY");
    }

    /**
     * A stalled consumer loses its partition, and the new consumer handles the compensation while the first is still
     * executing the step.
     */
    @Test
    void aForwardStepInProgressIsRefusedIfItsCompensationCommitsFirst() {
        OrderId order = newOrder();
        var reserving = new CountDownLatch(1);
        var released = new CountDownLatch(1);
        effects.onCommand(command -> {
            if (command.equals(reserve(order))) {
                reserving.countDown();
                awaitUninterruptibly(released);
            }
        });

        kafka.send(reserve(order));
        awaitUninterruptibly(reserving);
        var release = new ReleaseInventory(order);
        transactions()
                .executeWithoutResult(status -> redelivery.redeliver(new RawMessage(
                        Topic.INVENTORY_COMMANDS.topicName(),
                        0,
                        0,
                        0,
                        release.key(),
                        KafkaTap.headers(release),
                        MessageCodec.encode(release))));
        released.countDown();

        await().until(() -> replies(order).size() == 2);
        assertThat(replies(order).getFirst()).isEqualTo(new StockReleased(order));
        assertThat(replies(order).getLast()).isInstanceOf(StepRefused.class);
        assertThat(effects.of(order)).containsExactly("RELEASE_INVENTORY");
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aRefusedStepCanSucceedWhenItsCommandIsRepeated() {
        OrderId order = newOrder();
        effects.refuseOnce(order);

        kafka.send(new ReleaseInventory(order));
        kafka.send(new ReleaseInventory(order));
        kafka.send(reserve(order));

        await().until(() -> replies(order).size() == 3);
        assertThat(replies(order).getFirst()).isInstanceOf(StepRefused.class);
        assertThat(replies(order).get(1)).isEqualTo(new StockReleased(order));
        assertThat(replies(order).getLast()).isInstanceOf(StepRefused.class);
        assertThat(effects.of(order)).containsExactly("RELEASE_INVENTORY");
    }

    @Test
    void aDeferredReplyIsSentOnceAndLater() {
        OrderId order = newOrder();
        effects.deferReply(order);
        Map<String, String> sent = kafka.send(reserve(order));
        await().until(() -> effects.of(order).size() == 1);

        kafka.send(reserve(order));
        kafka.send(new CommitReservation(order));
        await().until(() -> replies(order).size() == 1);
        var reply = new StockReserved(order);
        assertThat(sendDeferred(reply)).isEqualTo(List.of(reply));
        assertThat(sendDeferred(reply)).isEqualTo(List.of());
        assertThat(sendDeferred(new StockReserved(newOrder()))).isEqualTo(List.of());

        await().until(() -> replies(order).size() == 2);
        RawMessage late =
                kafka.seen(Topic.SAGA_REPLIES.topicName(), order.toString()).getLast();
        assertThat(late.headers()).containsEntry(MessageHeaders.CAUSATION_ID, sent.get(MessageHeaders.ID));
        assertThat(traceId(late.headers())).isEqualTo(traceId(sent));
        assertThat(effects.of(order)).containsExactly("RESERVE_INVENTORY", "COMMIT_RESERVATION");
    }

    private List<StepReply> sendDeferred(StepReply reply) {
        return transactions().execute(status -> deferredReplies.send(List.of(reply)));
    }

    private static String traceId(Map<String, String> headers) {
        return headers.get(MessageHeaders.TRACE_PARENT).substring(3, 35);
    }
}
