package io.orderly.order;

import static io.orderly.contracts.SagaStep.CHARGE_PAYMENT;
import static io.orderly.contracts.SagaStep.COMMIT_RESERVATION;
import static io.orderly.contracts.SagaStep.REFUND_PAYMENT;
import static io.orderly.contracts.SagaStep.RESERVE_INVENTORY;
import static io.orderly.contracts.SagaStep.SCHEDULE_SHIPMENT;
import static io.orderly.order.ScriptedParticipants.COMPLETE_ALL;
import static io.orderly.order.ScriptedParticipants.decliningAt;
import static io.orderly.order.ScriptedParticipants.silentAt;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.contracts.Command;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.SagaStep;
import io.orderly.contracts.Topic;
import io.orderly.contracts.reply.ChargeReversed;
import io.orderly.contracts.reply.CommandDeadLettered;
import io.orderly.contracts.reply.StepRefused;
import io.orderly.contracts.reply.StockReserved;
import io.orderly.kit.testing.InMemorySettings;
import io.orderly.kit.testing.KafkaTap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

class OrderSagaIntegrationTest extends OrderServiceIntegrationTest {

    @Test
    void confirmsAnOrderWhenEveryStepCompletes() {
        OrderId order = placeOrder("alice");

        awaitStatus(order, "CONFIRMED");
        assertThat(timeline(order))
                .containsExactly(
                        "PLACED",
                        "COMMAND RESERVE_INVENTORY ReserveInventory",
                        "REPLY RESERVE_INVENTORY StockReserved",
                        "COMMAND CHARGE_PAYMENT ChargePayment",
                        "REPLY CHARGE_PAYMENT ChargeCaptured",
                        "COMMAND SCHEDULE_SHIPMENT ScheduleShipment",
                        "REPLY SCHEDULE_SHIPMENT ShipmentBooked",
                        "COMMAND COMMIT_RESERVATION CommitReservation",
                        "REPLY COMMIT_RESERVATION StockCommitted",
                        "CONFIRMED");
        await().untilAsserted(() -> assertThat(events(order))
                .containsExactly(
                        "OrderPlaced", "InventoryReserved", "PaymentCharged", "ShipmentScheduled", "OrderConfirmed"));
    }

    @Test
    void recordsOneTraceAndIncreasingLogicalTimes() {
        OrderId order = placeOrder("alice");

        awaitStatus(order, "CONFIRMED");
        List<JsonNode> entries = api.get("/orders/" + order + "/timeline")
                .json()
                .get("entries")
                .valueStream()
                .toList();
        assertThat(entries)
                .extracting(entry -> entry.path("traceId").asString(""))
                .allMatch(trace -> trace.matches("[0-9a-f]{32}"))
                .containsOnly(entries.getFirst().path("traceId").asString());
        assertThat(entries).extracting(entry -> entry.get("seq").asInt()).isSorted();
        assertThat(entries)
                .extracting(entry -> entry.get("lamportTime").asLong())
                .isSorted();
        assertThat(entries).allMatch(entry -> entry.hasNonNull("at") && entry.hasNonNull("hybridTime"));
    }

    @ParameterizedTest
    @CsvSource({
        "RESERVE_INVENTORY,  OUT_OF_STOCK,       ''",
        "CHARGE_PAYMENT,     INSUFFICIENT_FUNDS, InventoryReleased",
        "SCHEDULE_SHIPMENT,  ADDRESS_NOT_SERVED, PaymentRefunded InventoryReleased"
    })
    void compensatesTheStepsBeforeADeclinedStep(SagaStep step, String reason, String undone) {
        participants.play(decliningAt(step, reason));
        OrderId order = placeOrder("bob");

        awaitStatus(order, "REJECTED");
        assertThat(order(order).at("/cause/reason").asString()).isEqualTo(reason);
        assertThat(order(order).at("/saga/phase").asString()).isEqualTo("REJECTED");
        await().untilAsserted(() -> assertThat(String.join(" ", events(order)))
                .endsWith((undone + " OrderRejected").strip())
                .doesNotContain("ShipmentCancelled"));
    }

    @Nested
    class WhenADeadlinePasses {

        @Test
        void compensatesTheStepWhoseOutcomeIsUnknownToo() {
            participants.play(silentAt(CHARGE_PAYMENT));
            OrderId order = placeOrder("carol");
            awaitStep(order, "CHARGE_PAYMENT");

            deadlineComes(order);

            awaitStatus(order, "REJECTED");
            assertThat(order(order).at("/cause/reason").asString()).isEqualTo("STEP_TIMED_OUT");
            assertThat(timeline(order))
                    .containsSequence(
                            "DEADLINE CHARGE_PAYMENT",
                            "COMMAND REFUND_PAYMENT RefundPayment",
                            "REPLY REFUND_PAYMENT ChargeReversed",
                            "COMMAND RELEASE_INVENTORY ReleaseInventory",
                            "REPLY RELEASE_INVENTORY StockReleased",
                            "REJECTED");
        }

        @Test
        void usesAChangedDeadlineForTheNextStepWithoutARestart(@Autowired InMemorySettings settings) {
            participants.play(silentAt(CHARGE_PAYMENT));
            OrderId before = placeOrder("carol");
            awaitStep(before, "CHARGE_PAYMENT");
            settings.store("saga.deadline.charge-payment", "100ms");
            try {
                OrderId after = placeOrder("carol");

                awaitStatus(after, "REJECTED");
                assertThat(order(after).at("/cause/reason").asString()).isEqualTo("STEP_TIMED_OUT");
                assertThat(status(before)).isEqualTo("PENDING");
            } finally {
                settings.store("saga.deadline.charge-payment", null);
            }
        }

        @Test
        void sendsAStepAfterThePivotAgain() {
            var asked = new AtomicInteger();
            participants.play(command -> command.step() == COMMIT_RESERVATION && asked.incrementAndGet() < 3
                    ? Optional.empty()
                    : COMPLETE_ALL.apply(command));
            OrderId order = placeOrder("carol");
            awaitStep(order, "COMMIT_RESERVATION");

            deadlineComes(order);
            await().until(() -> order(order).at("/saga/attempt").asInt() == 2);
            deadlineComes(order);

            awaitStatus(order, "CONFIRMED");
            assertThat(timeline(order))
                    .filteredOn("COMMAND COMMIT_RESERVATION CommitReservation"::equals)
                    .hasSize(3);
        }

        @Test
        void recordsTheTimeoutInTheTraceOfTheOrder() {
            participants.play(silentAt(RESERVE_INVENTORY));
            OrderId order = placeOrder("carol");

            deadlineComes(order);

            awaitStatus(order, "REJECTED");
            assertThat(api.get("/orders/" + order + "/timeline")
                            .json()
                            .get("entries")
                            .valueStream()
                            .map(entry -> entry.path("traceId").asString(""))
                            .distinct())
                    .hasSize(1);
        }
    }

    @Nested
    class Cancellation {

        @Test
        void compensatesTheSagaAndIsIdempotent() {
            participants.play(silentAt(CHARGE_PAYMENT));
            OrderId order = placeOrder("dave");
            awaitStep(order, "CHARGE_PAYMENT");

            OrderServiceClient.Response first = api.post("/orders/" + order + "/cancellation");

            assertThat(first.status()).isEqualTo(202);
            assertThat(first.json().at("/saga/phase").asString()).isEqualTo("COMPENSATING");
            awaitStatus(order, "CANCELLED");
            assertThat(api.post("/orders/" + order + "/cancellation").status()).isEqualTo(202);
            assertThat(order(order).at("/cause/reason").asString()).isEqualTo("CANCELLED_BY_CUSTOMER");
            await().untilAsserted(() -> assertThat(events(order))
                    .containsExactly(
                            "OrderPlaced",
                            "InventoryReserved",
                            "PaymentRefunded",
                            "InventoryReleased",
                            "OrderCancelled"));
        }

        @Test
        void isRefusedAfterThePivot() {
            participants.play(silentAt(COMMIT_RESERVATION));
            OrderId order = placeOrder("dave");
            awaitStep(order, "COMMIT_RESERVATION");

            OrderServiceClient.Response refused = api.post("/orders/" + order + "/cancellation");

            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(refused.json().get("type").asString()).isEqualTo("/problems/pivot-passed");
            participants.play(order, COMPLETE_ALL);
            deadlineComes(order);
            awaitStatus(order, "CONFIRMED");
            assertThat(api.post("/orders/" + order + "/cancellation").status()).isEqualTo(409);
        }

        @Test
        void agreesWithTheOutcomeWhenItRacesWithReplies() throws Exception {
            int orders = 30;
            List<OrderId> placed = new ArrayList<>();
            List<OrderServiceClient.Response> answers = new ArrayList<>();
            try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
                var start = new CyclicBarrier(orders);
                List<Callable<OrderServiceClient.Response>> customers = new ArrayList<>();
                for (int i = 0; i < orders; i++) {
                    customers.add(() -> {
                        start.await();
                        OrderId order = placeOrder("eve");
                        synchronized (placed) {
                            placed.add(order);
                        }
                        return api.post("/orders/" + order + "/cancellation");
                    });
                }
                for (var answer : pool.invokeAll(customers)) {
                    answers.add(answer.get());
                }
            }

            placed.forEach(order ->
                    await().until(() -> List.of("CONFIRMED", "CANCELLED").contains(status(order))));
            long cancelled = placed.stream()
                    .filter(order -> status(order).equals("CANCELLED"))
                    .count();
            assertThat(answers).filteredOn(answer -> answer.status() == 202).hasSize((int) cancelled);
            assertThat(answers)
                    .filteredOn(answer -> answer.status() != 202)
                    .extracting(answer -> answer.json().get("type").asString())
                    .isSubsetOf("/problems/pivot-passed", "/problems/ended");
        }
    }

    private void operate(String path, String note) {
        OrderServiceClient.Response response = api.post(path, note, request -> request);
        assertThat(response.status()).as(response.text()).isBetween(200, 299);
    }

    /** What operators did, each as {@code message reason detail} without absent fields. */
    private List<String> operatorEntries(OrderId order) {
        return api.get("/orders/" + order + "/timeline")
                .json()
                .get("entries")
                .valueStream()
                .filter(entry -> entry.get("kind").asString().equals("OPERATOR"))
                .map(entry -> Stream.of("/message", "/cause/reason", "/cause/detail")
                        .map(field -> entry.at(field).asString(""))
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.joining(" ")))
                .toList();
    }

    @Nested
    class Operators {

        @Test
        void canParkAndResumeASaga() {
            participants.play(silentAt(CHARGE_PAYMENT));
            OrderId order = placeOrder("frank");
            awaitStep(order, "CHARGE_PAYMENT");

            assertThat(api.post("/sagas/" + order + "/park")
                            .json()
                            .get("status")
                            .asString())
                    .isEqualTo("PARKED");
            assertThat(order(order).at("/saga/parked/reason").asString()).isEqualTo("PARKED_BY_OPERATOR");
            assertThat(api.post("/sagas/" + order + "/park").status()).isEqualTo(409);
            deadlineComes(order);
            participants.play(order, COMPLETE_ALL);
            assertThat(api.post("/sagas/" + order + "/retry").status()).isEqualTo(202);

            awaitStatus(order, "CONFIRMED");
            await().untilAsserted(() ->
                    assertThat(events(order)).containsSequence("OrderParked", "OrderResumed", "PaymentCharged"));
        }

        @Test
        void sayInTheTimelineWhoActedAndWhy() {
            participants.play(silentAt(CHARGE_PAYMENT));
            OrderId order = placeOrder("frank");
            awaitStep(order, "CHARGE_PAYMENT");

            operate("/sagas/" + order + "/park", "{\"by\":\"ada\",\"reason\":\"the bank calls <back>\"}");
            operate("/sagas/" + order + "/retry", "{\"by\":\"bob\"}");
            operate("/sagas/" + order + "/compensate", "");

            assertThat(operatorEntries(order))
                    .containsExactly(
                            "Park BY_OPERATOR ada: the bank calls <back>", "Retry BY_OPERATOR bob", "Compensate");
            assertThat(api.get("/orders/" + order + "/timeline", "Accept", "text/plain")
                            .text())
                    .contains("Park  BY_OPERATOR: ada: the bank calls <back>");
            awaitStatus(order, "REJECTED");
        }

        @Test
        void canCompensateASagaOnlyBeforeThePivot() {
            participants.play(silentAt(SCHEDULE_SHIPMENT));
            OrderId early = placeOrder("frank");
            awaitStep(early, "SCHEDULE_SHIPMENT");
            participants.play(silentAt(COMMIT_RESERVATION));
            OrderId late = placeOrder("frank");
            awaitStep(late, "COMMIT_RESERVATION");

            assertThat(api.post("/sagas/" + early + "/compensate").status()).isEqualTo(202);
            assertThat(api.post("/sagas/" + late + "/compensate").status()).isEqualTo(409);

            awaitStatus(early, "REJECTED");
            assertThat(order(early).at("/cause/reason").asString()).isEqualTo("GIVEN_UP_BY_OPERATOR");
            participants.play(late, COMPLETE_ALL);
            deadlineComes(late);
            awaitStatus(late, "CONFIRMED");
        }

        @Test
        void cannotChangeAnEndedSaga() {
            OrderId order = placeOrder("frank");
            awaitStatus(order, "CONFIRMED");
            List<String> before = timeline(order);

            for (String request : List.of("retry", "park", "compensate")) {
                OrderServiceClient.Response refused = api.post("/sagas/" + order + "/" + request);
                assertThat(refused.status()).isEqualTo(409);
                assertThat(refused.json().get("type").asString()).isEqualTo("/problems/ended");
            }
            assertThat(timeline(order)).isEqualTo(before);
        }

        @Test
        void canRetryARefusedCompensation() {
            participants.play(command -> switch (command.step()) {
                case SCHEDULE_SHIPMENT ->
                    decliningAt(SCHEDULE_SHIPMENT, "ADDRESS_NOT_SERVED").apply(command);
                case REFUND_PAYMENT ->
                    Optional.of(new StepRefused(command.orderId(), REFUND_PAYMENT, "ACCOUNT_CLOSED", "scripted"));
                default -> COMPLETE_ALL.apply(command);
            });
            OrderId order = placeOrder("frank");

            awaitStatus(order, "PARKED");
            assertThat(order(order).at("/saga/parked/reason").asString()).isEqualTo("COMPENSATION_FAILED");
            participants.play(order, COMPLETE_ALL);
            api.post("/sagas/" + order + "/retry");

            awaitStatus(order, "REJECTED");
            assertThat(order(order).at("/cause/reason").asString()).isEqualTo("ADDRESS_NOT_SERVED");
        }
    }

    @Nested
    class DeadLetters {

        @Test
        void saysInTheTimelineWhoReplaysAndDiscardsItsLettersAndWhy() {
            participants.play(silentAt(RESERVE_INVENTORY));
            OrderId order = placeOrder("grace");
            Map<String, String> headers = KafkaTap.headers(new StockReserved(order));
            kafka.send(Topic.SAGA_REPLIES.topicName(), order.toString(), headers, "{broken".getBytes());
            awaitStatus(order, "PARKED");
            participants.play(order, COMPLETE_ALL);
            api.post("/sagas/" + order + "/retry");
            await().until(() -> letters(order).size() >= 2);
            String broken = letters(order).getFirst();

            // it fails again, and has no effect but its entry
            assertThat(api.post("/dead-letters/" + broken + "/replay", "{\"by\":\"ada\"}", request -> request)
                            .status())
                    .isEqualTo(422);
            operate("/dead-letters/" + broken + "/discard", "{\"by\":\"ada\",\"reason\":\"cannot be read\"}");

            awaitStatus(order, "CONFIRMED");
            assertThat(operatorEntries(order))
                    .as("the reply behind it was replayed by no operator")
                    .containsExactly(
                            "Retry",
                            "ReplayDeadLetterFailed BY_OPERATOR ada",
                            "DiscardDeadLetter BY_OPERATOR ada: cannot be read");
        }

        @Test
        void sayWhoReplayedThemInOneCall() {
            participants.play(silentAt(RESERVE_INVENTORY));
            OrderId order = placeOrder("grace");
            awaitStep(order, "RESERVE_INVENTORY");
            Map<String, String> headers = KafkaTap.headers(new StockReserved(order));
            kafka.send(Topic.SAGA_REPLIES.topicName(), order.toString(), headers, "{broken".getBytes());
            kafka.send(new StockReserved(order));
            await().until(() -> letters(order).size() >= 2);
            participants.play(order, COMPLETE_ALL);
            List<String> letters = letters(order);
            operate("/dead-letters/discard", "{\"ids\":[\"%s\"],\"by\":\"bob\"}".formatted(letters.getFirst()));

            awaitStatus(order, "CONFIRMED");
            assertThat(operatorEntries(order)).containsExactly("DiscardDeadLetter BY_OPERATOR bob");
        }

        private List<String> letters(OrderId order) {
            return jdbc.sql("select id::text from dead_letters where message_key = ? order by arrival")
                    .param(order.toString())
                    .query(String.class)
                    .list();
        }

        @Test
        void parkTheSagaUntilTheReplayedCommandIsAnswered() {
            participants.play(command -> command.step() == CHARGE_PAYMENT
                    ? Optional.of(new CommandDeadLettered(
                            command.orderId(), "letter-1", Topic.PAYMENT_COMMANDS.topicName(), "poison"))
                    : COMPLETE_ALL.apply(command));
            OrderId order = placeOrder("grace");

            awaitStatus(order, "PARKED");
            assertThat(order(order).at("/saga/parked/reason").asString()).isEqualTo("DEAD_LETTERED");
            kafka.messages(Topic.PAYMENT_COMMANDS.topicName(), order.toString()).stream()
                    .map(command -> ScriptedParticipants.completion((Command) command))
                    .forEach(kafka::send);

            awaitStatus(order, "CONFIRMED");
        }

        @Test
        void parkTheSagaUntilTheUnreadableReplyIsDiscarded() {
            participants.play(silentAt(RESERVE_INVENTORY));
            OrderId order = placeOrder("grace");
            Map<String, String> headers = KafkaTap.headers(new StockReserved(order));
            kafka.send(Topic.SAGA_REPLIES.topicName(), order.toString(), headers, "{broken".getBytes());

            awaitStatus(order, "PARKED");
            participants.play(order, COMPLETE_ALL);
            api.post("/sagas/" + order + "/retry");
            // the reply to the retry is queued behind the unreadable reply
            awaitStatus(order, "PARKED");
            String letter = jdbc.sql("select id::text from dead_letters where message_key = ? order by id limit 1")
                    .param(order.toString())
                    .query(String.class)
                    .single();
            assertThat(api.post("/dead-letters/" + letter + "/discard").status())
                    .isLessThan(300);

            awaitStatus(order, "CONFIRMED");
        }
    }

    @Nested
    class Replies {

        @Test
        void takeEffectOnceEvenIfDuplicated() {
            participants.play(silentAt(RESERVE_INVENTORY));
            OrderId order = placeOrder("heidi");
            var reply = new StockReserved(order);
            Map<String, String> headers = KafkaTap.headers(reply);

            for (int i = 0; i < 5; i++) {
                kafka.send(reply, headers);
            }
            kafka.send(reply);

            awaitStatus(order, "CONFIRMED");
            assertThat(commands(order, Topic.PAYMENT_COMMANDS)).containsExactly("ChargePayment");
            await().untilAsserted(() -> assertThat(timeline(order))
                    .filteredOn("REPLY RESERVE_INVENTORY StockReserved"::equals)
                    .hasSize(1));
            assertThat(timeline(order))
                    .filteredOn("IGNORED RESERVE_INVENTORY StockReserved"::equals)
                    .hasSize(1);
        }

        @Test
        void areRecordedAndIgnoredAfterTheEnd() {
            participants.play(silentAt(RESERVE_INVENTORY));
            OrderId order = placeOrder("heidi");
            deadlineComes(order);
            awaitStatus(order, "REJECTED");

            kafka.send(new StockReserved(order));
            kafka.send(new ChargeReversed(order, null));

            await().untilAsserted(() -> assertThat(timeline(order))
                    .endsWith(
                            "REJECTED",
                            "IGNORED RESERVE_INVENTORY StockReserved",
                            "IGNORED REFUND_PAYMENT ChargeReversed"));
            assertThat(status(order)).isEqualTo("REJECTED");
            assertThat(commands(order, Topic.PAYMENT_COMMANDS)).isEmpty();
        }

        @Test
        void toUnknownOrdersDoNotBlockOtherOrders() {
            OrderId unknown = OrderId.of("0199f2c8-7c00-7000-8000-00000000dead");
            kafka.send(new StockReserved(unknown));

            OrderId order = placeOrder("heidi");

            awaitStatus(order, "CONFIRMED");
            await().untilAsserted(() -> assertThat(jdbc.sql("select cause from dead_letters where message_key = ?")
                            .param(unknown.toString())
                            .query(String.class)
                            .list())
                    .singleElement()
                    .asString()
                    .contains("there is no order " + unknown));
        }
    }

    @Test
    void countsSagaOutcomes(@Autowired MeterRegistry meters) {
        double before = confirmed(meters);
        OrderId order = placeOrder("ivan");

        awaitStatus(order, "CONFIRMED");
        await().until(() -> confirmed(meters) > before);
        assertThat(meters.get("orderly.saga.duration")
                        .tag("outcome", "confirmed")
                        .timer()
                        .count())
                .isPositive();
        assertThat(meters.get("orderly.saga.parked").gauge().value()).isNotNegative();
        assertThat(meters.get("orderly.saga.age").timeGauge().value()).isNotNegative();
    }

    private static double confirmed(MeterRegistry meters) {
        return meters.counter("orderly.saga.outcomes", "outcome", "confirmed").count();
    }
}
