package io.orderly.order;

import static io.orderly.contracts.SagaStep.CHARGE_PAYMENT;
import static io.orderly.contracts.SagaStep.REFUND_PAYMENT;
import static io.orderly.contracts.SagaStep.SCHEDULE_SHIPMENT;
import static io.orderly.order.ScriptedParticipants.COMPLETE_ALL;
import static io.orderly.order.ScriptedParticipants.decliningAt;
import static io.orderly.order.ScriptedParticipants.silentAt;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Topic;
import io.orderly.contracts.reply.CommandDeadLettered;
import io.orderly.order.saga.SagaPhase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class SagaReportIntegrationTest extends OrderServiceIntegrationTest {

    @Test
    void aParkedSagaIsListedWithItsReasonAndItsAwaitedCommand() {
        OrderId order = parkAtCharge("grace");

        JsonNode report = listed("state=PARKED", order);

        assertThat(report.get("customer").asString()).isEqualTo("grace");
        assertThat(report.get("state").asString()).isEqualTo("PARKED");
        assertThat(report.at("/parked/reason").asString()).isEqualTo("DEAD_LETTERED");
        assertThat(report.at("/parked/detail").asString()).isEqualTo("payment.commands: poison");
        assertThat(report.at("/parked/since")).isEqualTo(entry(order, "PARKED").get("at"));
        assertThat(report.at("/awaiting/step").asString()).isEqualTo("CHARGE_PAYMENT");
        assertThat(report.at("/awaiting/attempt").asInt()).isEqualTo(1);
        JsonNode command = entry(order, "COMMAND");
        assertThat(command.get("message").asString()).isEqualTo("ChargePayment");
        assertThat(report.at("/awaiting/command")).isEqualTo(command.get("message"));
        assertThat(report.at("/awaiting/commandId")).isEqualTo(command.get("messageId"));
        assertThat(report.at("/awaiting/sentAt")).isEqualTo(command.get("at"));
        assertThat(report.get("awaiting").has("deadline")).isFalse();
        assertThat(api.get("/sagas/" + order).json()).isEqualTo(report);
        assertThat(ids("state=FORWARD")).doesNotContain(order.toString());

        participants.play(order, COMPLETE_ALL);
        api.post("/sagas/" + order + "/retry");
        awaitStatus(order, "CONFIRMED");
        JsonNode confirmed = api.get("/sagas/" + order).json();
        assertThat(confirmed.propertyNames()).containsExactlyInAnyOrder("orderId", "customer", "state", "placedAt");
        assertThat(ids("state=PARKED")).doesNotContain(order.toString());
    }

    @Test
    void aSagaThatIsParkedAgainReportsTheLatestParking() {
        participants.play(silentAt(CHARGE_PAYMENT));
        OrderId order = placeOrder("grace");
        awaitStep(order, "CHARGE_PAYMENT");
        api.post("/sagas/" + order + "/park");
        api.post("/sagas/" + order + "/retry");
        api.post("/sagas/" + order + "/park");

        JsonNode report = api.get("/sagas/" + order).json();

        assertThat(entries(order, "PARKED")).hasSize(2);
        assertThat(report.at("/parked/reason").asString()).isEqualTo("PARKED_BY_OPERATOR");
        assertThat(report.at("/parked/since"))
                .isEqualTo(entries(order, "PARKED").getLast().get("at"));
        assertThat(report.at("/awaiting/attempt").asInt()).isEqualTo(2);
        assertThat(report.at("/awaiting/commandId"))
                .isEqualTo(entries(order, "COMMAND").getLast().get("messageId"));
        api.post("/orders/" + order + "/cancellation");
        awaitStatus(order, "CANCELLED");
    }

    @Test
    void everySagaIsListedOnlyInItsState() {
        Map<OrderId, SagaPhase> expected = new HashMap<>();
        expected.put(parkAtCharge("ivan"), SagaPhase.PARKED);
        OrderId confirmed = placeOrder("ivan");
        awaitStatus(confirmed, "CONFIRMED");
        expected.put(confirmed, SagaPhase.CONFIRMED);
        participants.play(decliningAt(CHARGE_PAYMENT, "INSUFFICIENT_FUNDS"));
        OrderId rejected = placeOrder("ivan");
        awaitStatus(rejected, "REJECTED");
        expected.put(rejected, SagaPhase.REJECTED);
        participants.play(silentAt(CHARGE_PAYMENT));
        OrderId cancelled = placeOrder("ivan");
        awaitStep(cancelled, "CHARGE_PAYMENT");
        api.post("/orders/" + cancelled + "/cancellation");
        awaitStatus(cancelled, "CANCELLED");
        expected.put(cancelled, SagaPhase.CANCELLED);
        OrderId forward = placeOrder("ivan");
        awaitStep(forward, "CHARGE_PAYMENT");
        expected.put(forward, SagaPhase.FORWARD);
        participants.play(command -> switch (command.step()) {
            case SCHEDULE_SHIPMENT ->
                decliningAt(SCHEDULE_SHIPMENT, "ADDRESS_NOT_SERVED").apply(command);
            case REFUND_PAYMENT -> silentAt(REFUND_PAYMENT).apply(command);
            default -> COMPLETE_ALL.apply(command);
        });
        OrderId compensating = placeOrder("ivan");
        awaitStep(compensating, "REFUND_PAYMENT");
        expected.put(compensating, SagaPhase.COMPENSATING);

        for (SagaPhase state : SagaPhase.values()) {
            List<String> listed = ids("limit=100&state=" + state);
            expected.forEach((order, its) -> assertThat(listed.contains(order.toString()))
                    .as("a %s saga in the list of %s sagas", its, state)
                    .isEqualTo(its == state));
        }
        JsonNode report = api.get("/sagas/" + compensating).json();
        assertThat(report.at("/cause/reason").asString()).isEqualTo("ADDRESS_NOT_SERVED");
        assertThat(report.at("/remaining/0").asString()).isEqualTo("REFUND_PAYMENT");
        assertThat(report.at("/awaiting/command").asString()).isEqualTo("RefundPayment");
        assertThat(report.at("/awaiting").has("deadline")).isTrue();
        assertThat(api.get("/sagas/" + rejected).json().at("/cause/reason").asString())
                .isEqualTo("INSUFFICIENT_FUNDS");

        participants.play(compensating, COMPLETE_ALL);
        deadlineComes(compensating);
        api.post("/orders/" + forward + "/cancellation");
        awaitStatus(forward, "CANCELLED");
        awaitStatus(compensating, "REJECTED");
    }

    @Test
    void pagesContainAllSagasNewestFirst() {
        List<String> placed = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            placed.add(placeOrder("judy").toString());
        }

        List<String> seen = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = api.get("/sagas?limit=2" + after).json();
            seen.addAll(idsOf(page));
            after = page.has("next") ? "&after=" + page.get("next").asString() : "";
            // orders that are placed meanwhile do not shift the pages
            placeOrder("judy");
        } while (!after.isEmpty() && !seen.containsAll(placed));

        assertThat(seen).startsWith(placed.reversed().toArray(String[]::new)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({"limit=0, limit", "state=LOST, state", "after=zzz, after"})
    void invalidQueriesAreRejectedWithTheParameterName(String query, String parameter) {
        OrderServiceClient.Response answer = api.get("/sagas?" + query);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo(parameter);
    }

    @Test
    void anUnknownSagaIsNotFound() {
        assertThat(api.get("/sagas/0199f2c8-7c00-7000-8000-00000000dead").status())
                .isEqualTo(404);
        assertThat(api.get("/sagas/17").status()).isEqualTo(400);
    }

    private OrderId parkAtCharge(String customer) {
        participants.play(command -> command.step() == CHARGE_PAYMENT
                ? Optional.of(new CommandDeadLettered(
                        command.orderId(), "letter-1", Topic.PAYMENT_COMMANDS.topicName(), "poison"))
                : COMPLETE_ALL.apply(command));
        OrderId order = placeOrder(customer);
        awaitStatus(order, "PARKED");
        participants.play(COMPLETE_ALL);
        return order;
    }

    private JsonNode listed(String query, OrderId order) {
        return api.get("/sagas?" + query)
                .json()
                .get("sagas")
                .valueStream()
                .filter(saga -> saga.get("orderId").asString().equals(order.toString()))
                .findFirst()
                .orElseThrow();
    }

    private List<String> ids(String query) {
        return idsOf(api.get("/sagas?" + query).json());
    }

    private static List<String> idsOf(JsonNode page) {
        return page.get("sagas")
                .valueStream()
                .map(saga -> saga.get("orderId").asString())
                .toList();
    }

    private JsonNode entry(OrderId order, String kind) {
        return entries(order, kind).getLast();
    }

    private List<JsonNode> entries(OrderId order, String kind) {
        return api.get("/orders/" + order + "/timeline")
                .json()
                .get("entries")
                .valueStream()
                .filter(entry -> entry.get("kind").asString().equals(kind))
                .toList();
    }
}
