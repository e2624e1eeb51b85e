package io.orderly.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.clock.HybridTimestamp;
import io.orderly.contracts.MessageHeaders;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.Topic;
import io.orderly.contracts.inventory.CommitReservation;
import io.orderly.contracts.inventory.ReleaseInventory;
import io.orderly.contracts.reply.StepRefused;
import io.orderly.contracts.reply.StockReleased;
import io.orderly.kit.testing.KafkaTap;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class BatchIntegrationTest extends KitIntegrationTest {

    @Autowired
    MeterRegistry meters;

    @Test
    void handlesABacklogInFewTransactions() throws InterruptedException {
        List<OrderId> orders = ordersInABacklog(() -> {});

        await().until(() -> orders.stream().allMatch(order -> replies(order).size() == 1));

        assertThat(transactionsOf(orders)).isLessThan(orders.size() / 2);
    }

    /** The inbox is queried only after a duplicate key; the batch is then retried, still in one transaction. */
    @Test
    void aDuplicateInABacklogHasNoEffectAndDoesNotSplitTheBatch() throws InterruptedException {
        OrderId earlier = newOrder();
        var command = new ReleaseInventory(earlier);
        Map<String, String> headers = kafka.send(command);
        await().until(() -> replies(earlier).size() == 1);

        List<OrderId> orders = ordersInABacklog(() -> kafka.send(command, headers));

        await().until(() -> orders.stream().allMatch(order -> replies(order).size() == 1));
        assertThat(transactionsOf(orders)).isLessThan(orders.size() / 2);
        assertThat(effects.of(earlier)).hasSize(1);
    }

    @Test
    void aForwardStepThatFollowsItsCompensationInABatchIsRefused() throws InterruptedException {
        OrderId order = newOrder();
        ordersInABacklog(() -> {
            kafka.send(new ReleaseInventory(order));
            kafka.send(reserve(order));
        });

        await().until(() -> replies(order).size() == 2);
        assertThat(replies(order).getFirst()).isEqualTo(new StockReleased(order));
        assertThat(replies(order).getLast()).isInstanceOf(StepRefused.class);
        assertThat(effects.of(order)).containsExactly("RELEASE_INVENTORY");
    }

    @Test
    void aCommandRepeatedInABatchTakesEffectOnceAndGetsTwoReplies() throws InterruptedException {
        OrderId order = newOrder();
        ordersInABacklog(() -> {
            kafka.send(new ReleaseInventory(order));
            kafka.send(new ReleaseInventory(order));
        });

        await().until(() -> replies(order).size() == 2);
        assertThat(effects.of(order)).hasSize(1);
    }

    /** A refusal is not recorded, but the command is still handled only once per batch. */
    @Test
    void copiesOfARefusedCommandInABatchGetTheSameReply() throws InterruptedException {
        OrderId order = newOrder();
        effects.refuseOnce(order);
        ordersInABacklog(() -> {
            kafka.send(new ReleaseInventory(order));
            kafka.send(new ReleaseInventory(order));
        });

        await().until(() -> replies(order).size() == 2);
        assertThat(replies(order)).allSatisfy(reply -> assertThat(reply).isInstanceOf(StepRefused.class));
        assertThat(effects.of(order)).isEmpty();
    }

    @Test
    void aFailingMessageDoesNotAffectOthersOfItsBatch() throws InterruptedException {
        OrderId failing = newOrder();
        effects.onCommand(command -> {
            if (command.orderId().equals(failing)) {
                throw new IllegalStateException("not this one");
            }
        });

        List<OrderId> orders = Stream.concat(
                        Stream.concat(
                                Stream.generate(KitIntegrationTest::newOrder).limit(20), Stream.of(failing)),
                        Stream.generate(KitIntegrationTest::newOrder).limit(20))
                .toList();
        orders.forEach(order -> kafka.send(new ReleaseInventory(order)));

        await().until(() -> orders.stream().allMatch(order -> replies(order).size() == 1));
        for (OrderId order : orders) {
            assertThat(effects.of(order)).hasSize(order.equals(failing) ? 0 : 1);
        }
    }

    @Test
    void aHybridTimeTooFarAheadIsIgnoredAndTheMessageIsHandled() {
        OrderId order = newOrder();
        var command = new ReleaseInventory(order);
        Map<String, String> headers = new HashMap<>(KafkaTap.headers(command));
        String tomorrow =
                new HybridTimestamp(Instant.now().plus(Duration.ofDays(1)).toEpochMilli(), 0).toString();
        headers.put(MessageHeaders.HYBRID_TIME, tomorrow);
        double refusals = meters.get("orderly.clock.refusals").gauge().value();

        kafka.send(command, headers);

        await().until(() -> replies(order).size() == 1);
        assertThat(kafka.seen(Topic.SAGA_REPLIES.topicName(), order.toString())
                        .getFirst()
                        .headers()
                        .get(MessageHeaders.HYBRID_TIME))
                .isLessThan(tomorrow);
        assertThat(meters.get("orderly.clock.refusals").gauge().value()).isGreaterThan(refusals);
    }

    @Test
    void aLamportTimeTooFarAheadIsIgnoredAndTheMessageIsHandled() {
        OrderId order = newOrder();
        OrderId next = newOrder();
        var command = new ReleaseInventory(order);
        Map<String, String> headers = new HashMap<>(KafkaTap.headers(command));
        headers.put(MessageHeaders.LAMPORT_TIME, Long.toString(Long.MAX_VALUE - 1));
        double refusals = meters.get("orderly.clock.refusals").gauge().value();

        kafka.send(command, headers);
        await().until(() -> replies(order).size() == 1);
        kafka.send(new ReleaseInventory(next));

        await().until(() -> replies(next).size() == 1);
        assertThat(meters.get("orderly.clock.refusals").gauge().value()).isGreaterThan(refusals);
    }

    @Test
    void theInboxDeletesIdsPastTheirRetention() {
        UUID old = UUID.randomUUID();
        UUID recent = UUID.randomUUID();
        jdbc.sql("insert into inbox values (?, now() - interval '25 hours'), (?, now() - interval '23 hours')")
                .param(old)
                .param(recent)
                .update();

        await().until(() -> !isInInbox(old));
        assertThat(isInInbox(recent)).isTrue();
    }

    private boolean isInInbox(UUID message) {
        return jdbc.sql("select exists (select from inbox where message_id = ?)")
                .param(message)
                .query(Boolean.class)
                .single();
    }

    /**
     * Blocks every consumer in its first message until all other messages are on the topic.
     *
     * @param inTheMiddle run after half of the messages are sent
     */
    private List<OrderId> ordersInABacklog(Runnable inTheMiddle) throws InterruptedException {
        var allSent = new CountDownLatch(1);
        effects.onCommand(command -> {
            if (command instanceof CommitReservation) {
                awaitLatch(allSent);
            }
        });
        for (int i = 0; i < 40; i++) {
            kafka.send(new CommitReservation(newOrder()));
        }
        List<OrderId> orders =
                Stream.generate(KitIntegrationTest::newOrder).limit(120).toList();
        orders.subList(0, 60).forEach(order -> kafka.send(new ReleaseInventory(order)));
        inTheMiddle.run();
        orders.subList(60, 120).forEach(order -> kafka.send(new ReleaseInventory(order)));
        allSent.countDown();
        return orders;
    }

    private int transactionsOf(List<OrderId> orders) {
        return jdbc.sql("select count(distinct tx) from effects where order_id = any(?)")
                .param(orders.stream().map(OrderId::value).toArray(UUID[]::new))
                .query(Integer.class)
                .single();
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
