package io.orderly.shipping.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.orderly.contracts.Message;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.Topic;
import io.orderly.contracts.reply.CommandDeadLettered;
import io.orderly.contracts.reply.ShipmentBooked;
import io.orderly.contracts.reply.ShipmentWithdrawn;
import io.orderly.contracts.reply.StepDeclined;
import io.orderly.contracts.reply.StepRefused;
import io.orderly.contracts.shipping.CancelShipment;
import io.orderly.contracts.shipping.ShippingCommand;
import io.orderly.kit.participant.CommandBatch;
import io.orderly.kit.testing.KafkaTap;
import io.orderly.shipping.ShippingIntegrationTest;
import jakarta.persistence.EntityManagerFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class ShipmentIntegrationTest extends ShippingIntegrationTest {

    @Autowired
    Shipments shipments;

    @Autowired
    CapacityDayOpener opening;

    @Autowired
    CapacityDays days;

    @Autowired
    DispatchProperties properties;

    @Autowired
    Clock clock;

    @Autowired
    PlatformTransactionManager transactionManager;

    @Autowired
    EntityManagerFactory entities;

    @Test
    void aShipmentIsBookedForTomorrow() {
        OrderId order = newOrder();

        kafka.send(schedule(order, "XA"));

        ShipmentBooked booked = (ShipmentBooked) awaitReplies(order, 1).getFirst();
        assertThat(booked.shipsOn()).isEqualTo(today().plusDays(1));
        assertThat(shipments.findById(order.value())).hasValueSatisfying(shipment -> {
            assertThat(shipment.address()).isEqualTo(schedule(order, "XA").address());
            assertThat(shipment.shipmentId()).hasToString(booked.shipmentId());
        });
    }

    @Test
    void aReleasedSlotIsBookedNext() {
        OrderId first = newOrder();
        OrderId second = newOrder();
        OrderId third = newOrder();

        kafka.send(schedule(first, "XB"));
        awaitReplies(first, 1);
        kafka.send(schedule(second, "XB"));
        awaitReplies(second, 1);
        kafka.send(new CancelShipment(first));
        assertThat(awaitReplies(first, 2)).last().isEqualTo(new ShipmentWithdrawn(first));
        kafka.send(schedule(third, "XB"));
        awaitReplies(third, 1);

        assertThat(shipsOn(second)).isEqualTo(today().plusDays(2));
        assertThat(shipsOn(third)).isEqualTo(today().plusDays(1));
        assertBooksBalance("XB");
    }

    @Test
    void aDuplicateHasNoEffectAndARepetitionGetsTheSameReply() {
        OrderId order = newOrder();

        Map<String, String> headers = kafka.send(schedule(order, "XA"));
        kafka.send(schedule(order, "XA"), headers);
        kafka.send(schedule(order, "XA"));
        kafka.send(new CancelShipment(order));

        List<Message> replies = awaitReplies(order, 3);
        assertThat(replies).hasSize(3).last().isEqualTo(new ShipmentWithdrawn(order));
        assertThat(replies.get(1)).isEqualTo(replies.get(0)).isInstanceOf(ShipmentBooked.class);
        assertBooksBalance("XA");
    }

    @Test
    void aScheduleCommandAfterItsCancellationIsRefused() {
        OrderId order = newOrder();

        kafka.send(new CancelShipment(order));
        kafka.send(schedule(order, "XA"));

        List<Message> replies = awaitReplies(order, 2);
        assertThat(replies).first().isEqualTo(new ShipmentWithdrawn(order));
        assertThat(replies)
                .last()
                .asInstanceOf(type(StepRefused.class))
                .extracting(StepRefused::reason)
                .isEqualTo("ALREADY_COMPENSATED");
        assertThat(shipments.findById(order.value())).isEmpty();
    }

    @Test
    void aRegionThatIsNotServedIsDeclined() {
        OrderId order = newOrder();
        kafka.send(schedule(order, "ZZ"));
        assertThat(awaitReplies(order, 1))
                .first()
                .asInstanceOf(type(StepDeclined.class))
                .extracting(StepDeclined::reason)
                .isEqualTo("ADDRESS_NOT_SERVED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{'orderId':'%s'}",
                "{'orderId':'%s','address':{'name':'A','street':'B','city':'C','postalCode':'1'}}",
                "{'orderId':'%s','address':{'name':'A','street':'B','city':'C','postalCode':'1','country':'Germany'}}",
                "{'orderId':'%s','address':{'name':'\\u0000','street':'B','city':'C','postalCode':'1','country':'XA'}}"
            })
    void anUnreadableCommandIsDeadLetteredAndReportedToTheSaga(String body) {
        OrderId order = newOrder();

        kafka.send(
                Topic.SHIPPING_COMMANDS.topicName(),
                order.toString(),
                KafkaTap.headers(schedule(order, "XA")),
                body.replace("%s", order.toString()).replace('\'', '"').getBytes(UTF_8));

        assertThat(awaitReplies(order, 1)).hasOnlyElementsOfType(CommandDeadLettered.class);
        assertThat(shipments.findById(order.value())).isEmpty();
    }

    /** Operators and the saga receive the cause, which must not contain the statement and its values. */
    @Test
    void theCauseOfADeadLetterContainsTheDatabaseErrorWithoutPersonalData() {
        OrderId order = newOrder();
        jdbc.sql("""
                create function refuse() returns trigger language plpgsql as
                $$ begin raise exception 'rejected by a trigger'; end $$""").update();
        jdbc.sql("""
                create trigger refuse before insert on shipments
                for each row when (new.country = 'XK') execute function refuse()""").update();
        try {
            kafka.send(schedule(order, "XK"));

            assertThat(awaitReplies(order, 1))
                    .first()
                    .asInstanceOf(type(CommandDeadLettered.class))
                    .extracting(CommandDeadLettered::cause)
                    .asString()
                    .contains("rejected by a trigger")
                    .doesNotContain("Zoë", "東京");
        } finally {
            jdbc.sql("drop trigger refuse on shipments").update();
            jdbc.sql("drop function refuse").update();
        }
    }

    @Test
    void concurrentOrdersForTheLastSlotsBookExactlyThose() {
        int slots = 3 * HORIZON_DAYS;
        List<OrderId> orders = Stream.generate(ShippingIntegrationTest::newOrder)
                .limit(slots + 60)
                .toList();

        orders.parallelStream().forEach(order -> kafka.send(schedule(order, "XC")));

        await().until(() -> orders.stream().noneMatch(order -> replies(order).isEmpty()));
        List<Message> answers =
                orders.stream().map(order -> replies(order).getFirst()).toList();
        assertThat(answers).filteredOn(ShipmentBooked.class::isInstance).hasSize(slots);
        assertThat(answers)
                .filteredOn(answer -> answer instanceof StepDeclined declined
                        && declined.reason().equals("NO_CAPACITY"))
                .hasSize(60);
        assertBooksBalance("XC");
    }

    @Test
    void aNewDayAddsCapacity() {
        Instant midnight = Instant.parse("2032-01-01T00:00:00Z");
        ShipmentHandler beforeMidnight = handlerAt(() -> midnight.minusMillis(1));
        ShipmentHandler afterMidnight = handlerAt(() -> midnight);
        List<OrderId> orders = Stream.generate(ShippingIntegrationTest::newOrder)
                .limit(2 * HORIZON_DAYS + 1)
                .toList();

        orders.forEach(order -> run(beforeMidnight, List.of(schedule(order, "XD"))));
        assertThat(shipsOn(orders.getFirst())).isEqualTo("2032-01-01");
        assertThat(shipments.findById(orders.getLast().value())).isEmpty();

        OrderId next = newOrder();
        run(afterMidnight, List.of(schedule(next, "XD")));
        assertThat(shipsOn(next)).isEqualTo("2032-01-15");
        run(afterMidnight, List.of(new CancelShipment(orders.getFirst())));
        assertBooksBalance("XD");
    }

    /** Simulates several instances: batches that open and lock the same days around midnight, with different clocks. */
    @Test
    void concurrentBatchesForTheSameDaysNeitherDeadlockNorOverbook() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("concurrentBatchesForTheSameDaysNeitherDeadlockNorOverbook: rerun with -Dseed=" + seed);
        int threads = 6;
        Instant midnight = Instant.parse("2032-03-01T00:00:00Z");
        List<String> regions = List.of("XG", "XF", "XE");
        CyclicBarrier start = new CyclicBarrier(threads);

        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> done = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                Random random = new Random(seed + thread);
                done.add(pool.submit(() -> {
                    start.await();
                    List<OrderId> open = new ArrayList<>();
                    for (int batch = 0; batch < 12; batch++) {
                        Instant now = midnight.plus(Duration.ofHours(8L * batch + random.nextInt(-2, 2)));
                        run(handlerAt(() -> now), randomBatch(random, regions, open));
                    }
                    return null;
                }));
            }
            for (Future<?> each : done) {
                each.get();
            }
        }

        regions.forEach(this::assertBooksBalance);
    }

    @Test
    void theNumberOfStatementsDoesNotDependOnTheSizeOfABatch() {
        ShipmentHandler handler = handlerAt(clock::instant);
        List<OrderId> orders =
                Stream.generate(ShippingIntegrationTest::newOrder).limit(100).toList();
        // the first batch opens the days, the second caches them as open
        run(handler, List.of(schedule(newOrder(), "XJ")));
        run(handler, List.of(schedule(newOrder(), "XJ")));

        // lock days, insert shipments, update days
        assertThat(statementsOf(() -> run(
                        handler,
                        orders.stream().map(order -> schedule(order, "XJ")).toList())))
                .isEqualTo(3);
        // lock shipments, lock days, update shipments, update days
        assertThat(statementsOf(() ->
                        run(handler, orders.stream().map(CancelShipment::new).toList())))
                .isEqualTo(4);
        assertBooksBalance("XJ");
    }

    private long statementsOf(Runnable work) {
        Statistics statistics = entities.unwrap(SessionFactory.class).getStatistics();
        statistics.setStatisticsEnabled(true);
        try {
            long before = statistics.getPrepareStatementCount();
            work.run();
            return statistics.getPrepareStatementCount() - before;
        } finally {
            statistics.setStatisticsEnabled(false);
        }
    }

    @Test
    void theDatabaseRejectsOverbooking() {
        OrderId order = newOrder();
        kafka.send(schedule(order, "XH"));
        awaitReplies(order, 1);

        for (String wrong : List.of("booked = slots + 1", "booked = -1")) {
            assertThatExceptionOfType(DataIntegrityViolationException.class)
                    .as(wrong)
                    .isThrownBy(() -> jdbc.sql("update capacity set " + wrong + " where region = 'XH'")
                            .update());
        }
    }

    private void assertBooksBalance(String region) {
        assertThat(jdbc.sql("""
                        select day || ': ' || booked || ' of ' || slots from capacity
                        where region = ? and (booked > slots or booked <> (
                            select count(*) from shipments
                            where country = region and ships_on = day and state = 'SCHEDULED'))""").param(region).query(String.class).list()).isEmpty();
    }

    private static List<ShippingCommand> randomBatch(Random random, List<String> regions, List<OrderId> open) {
        List<ShippingCommand> batch = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            if (!open.isEmpty() && random.nextInt(3) == 0) {
                batch.add(new CancelShipment(open.remove(random.nextInt(open.size()))));
            } else {
                OrderId order = newOrder();
                open.add(order);
                batch.add(schedule(order, regions.get(random.nextInt(regions.size()))));
            }
        }
        return batch;
    }

    private ShipmentHandler handlerAt(InstantSource time) {
        return new ShipmentHandler(opening, days, shipments, properties, time);
    }

    private void run(ShipmentHandler handler, List<? extends ShippingCommand> batch) {
        new TransactionTemplate(transactionManager)
                .executeWithoutResult(_ -> handler.handle(CommandBatch.of(List.copyOf(batch), null)));
    }

    private LocalDate shipsOn(OrderId order) {
        return shipments.findById(order.value()).orElseThrow().shipsOn();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), properties.zone());
    }
}
