package io.orderly.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderly.contracts.MessageHeaders;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.OrderLine;
import io.orderly.contracts.Sku;
import io.orderly.contracts.Topic;
import io.orderly.contracts.event.OrderRejected;
import io.orderly.contracts.event.OrderResumed;
import io.orderly.contracts.inventory.ReserveInventory;
import io.orderly.kit.messaging.RawMessage;
import io.orderly.kit.outbox.MessageTooLargeException;
import io.orderly.kit.outbox.Outbox;
import io.orderly.partitions.PartitionId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

class OutboxIntegrationTest extends KitIntegrationTest {

    @Autowired
    Outbox outbox;

    @Test
    void sendsNothingIfTheTransactionRollsBack() {
        OrderId order = newOrder();

        transactions().executeWithoutResult(status -> {
            outbox.append(rejected(order, "never happened"));
            status.setRollbackOnly();
        });
        transactions().executeWithoutResult(status -> outbox.append(new OrderResumed(order)));

        await().until(() -> !events(order).isEmpty());
        assertThat(events(order)).isEqualTo(List.of(new OrderResumed(order)));
    }

    @Test
    void requiresATransaction() {
        assertThatThrownBy(() -> outbox.append(new OrderResumed(newOrder())))
                .isInstanceOf(IllegalTransactionStateException.class);
    }

    @Test
    void rejectsAMessageLargerThanTheBrokerAccepts() {
        var largest = new ReserveInventory(
                newOrder(),
                Collections.nCopies(
                        OrderLine.MAX_PER_ORDER,
                        new OrderLine(new Sku("A".repeat(Sku.MAX_LENGTH)), OrderLine.MAX_QUANTITY)));

        assertThatThrownBy(() -> transactions().executeWithoutResult(status -> outbox.append(largest)))
                .isInstanceOf(MessageTooLargeException.class)
                .hasMessageContaining("limit of 50000");
    }

    @Test
    void anInnerTransactionSendsItsOwnMessages() {
        OrderId order = newOrder();
        var inner = new TransactionTemplate(transactionManager);
        inner.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);

        transactions().executeWithoutResult(status -> {
            outbox.append(rejected(order, "outer, rolled back"));
            inner.executeWithoutResult(ignored -> outbox.append(rejected(order, "inner")));
            outbox.append(rejected(order, "outer, rolled back"));
            status.setRollbackOnly();
        });
        transactions().executeWithoutResult(status -> outbox.append(new OrderResumed(order)));

        await().until(() -> events(order).size() == 2);
        assertThat(events(order)).isEqualTo(List.of(rejected(order, "inner"), new OrderResumed(order)));
    }

    /** Writers contend for the rows of orders, take the next number under the row lock, and commit in any order. */
    @Test
    void keepsTheOrderOfCommitsPerKeyUnderConcurrency() throws Exception {
        long seed = System.nanoTime();
        System.out.println("OutboxIntegrationTest seed " + seed);
        int writers = 8;
        int perWriter = 60;
        List<OrderId> orders = IntStream.range(0, 5).mapToObj(i -> newOrder()).toList();
        jdbc.sql("create table if not exists numbers (order_id uuid primary key, last int not null)")
                .update();
        orders.forEach(order -> jdbc.sql("insert into numbers values (?, 0)")
                .param(order.value())
                .update());

        try (ExecutorService pool = Executors.newFixedThreadPool(writers)) {
            List<Future<?>> done = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                var random = new Random(seed + writer);
                done.add(pool.submit(() -> {
                    for (int i = 0; i < perWriter; i++) {
                        appendNextNumber(orders.get(random.nextInt(orders.size())));
                    }
                }));
            }
            for (Future<?> each : done) {
                each.get();
            }
        }

        await().until(() ->
                orders.stream().mapToInt(order -> events(order).size()).sum() >= writers * perWriter);
        for (OrderId order : orders) {
            List<String> expected = IntStream.rangeClosed(1, last(order))
                    .mapToObj(Integer::toString)
                    .toList();
            assertThat(events(order).stream()
                            .map(event -> ((OrderRejected) event).detail())
                            .toList())
                    .isEqualTo(expected);
            List<RawMessage> raw = kafka.seen(Topic.ORDER_EVENTS.topicName(), order.toString());
            assertThat(raw.stream()
                            .map(each -> each.headers().get(MessageHeaders.HYBRID_TIME))
                            .toList())
                    .isSorted()
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void deletesPublishedMessages() {
        transactions().executeWithoutResult(status -> outbox.append(new OrderResumed(newOrder())));

        await().until(() ->
                jdbc.sql("select count(*) from outbox").query(Integer.class).single() == 0);
    }

    @Test
    void recordsTheHighestPublishedTimestamp() {
        long lamport = transactions()
                .execute(status -> outbox.append(new OrderResumed(newOrder())).lamportTime());

        await().until(() -> jdbc.sql("select lamport_time from message_clock")
                        .query(Long.class)
                        .single()
                >= lamport);
    }

    /** The state after a relay was killed between sending and deleting. */
    @Test
    void publishesARemainingRowWithoutBeingWoken() {
        OrderId order = newOrder();
        transactions().executeWithoutResult(status -> outbox.append(new OrderResumed(order)));
        await().until(() -> events(order).size() == 1);
        RawMessage published =
                kafka.seen(Topic.ORDER_EVENTS.topicName(), order.toString()).getFirst();

        jdbc.sql("""
                insert into outbox (topic, message_key, partition_id, headers, body, lamport_time, hybrid_time)
                values ('order.events', ?, ?, ?, ?, 1, 1)""")
                .param(order.toString())
                .param(PartitionId.of(order.toString()).value())
                .param("{\"ce_id\":\"" + published.headers().get(MessageHeaders.ID) + "\"}")
                .param(published.body())
                .update();

        await().until(() ->
                kafka.seen(Topic.ORDER_EVENTS.topicName(), order.toString()).size() == 2);
        assertThat(kafka.seen(Topic.ORDER_EVENTS.topicName(), order.toString())
                        .getLast()
                        .headers())
                .containsEntry(MessageHeaders.ID, published.headers().get(MessageHeaders.ID));
    }

    @Test
    void continuesAfterItsConnectionIsTerminated() {
        OrderId order = newOrder();

        for (int i = 1; i <= 5; i++) {
            String detail = Integer.toString(i);
            transactions().executeWithoutResult(status -> outbox.append(rejected(order, detail)));
            jdbc.sql("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted")
                    .query((row, number) -> 0)
                    .list();
            int expected = i;
            await().until(() -> events(order).stream().distinct().count() == expected);
        }

        assertThat(events(order).stream().distinct().toList().toString())
                .isEqualTo(IntStream.rangeClosed(1, 5)
                        .mapToObj(i -> rejected(order, Integer.toString(i)))
                        .toList()
                        .toString());
    }

    private void appendNextNumber(OrderId order) {
        transactions().executeWithoutResult(status -> {
            int next = jdbc.sql("update numbers set last = last + 1 where order_id = ? returning last")
                    .param(order.value())
                    .query(Integer.class)
                    .single();
            outbox.append(rejected(order, Integer.toString(next)));
        });
    }

    private int last(OrderId order) {
        return jdbc.sql("select last from numbers where order_id = ?")
                .param(order.value())
                .query(Integer.class)
                .single();
    }

    private static OrderRejected rejected(OrderId order, String detail) {
        return new OrderRejected(order, "A_TEST", detail);
    }

    private static List<?> events(OrderId order) {
        return kafka.messages(Topic.ORDER_EVENTS.topicName(), order.toString());
    }
}
