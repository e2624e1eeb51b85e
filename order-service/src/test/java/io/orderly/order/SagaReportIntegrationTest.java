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
import io.orderly.order.process.SagaFilter;
import io.orderly.order.process.SagaInstance;
import io.orderly.order.process.SagaLists;
import io.orderly.order.saga.SagaPhase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.JsonNode;

class SagaReportIntegrationTest extends OrderServiceIntegrationTest {

    @Autowired
    SagaLists sagas;

    @Autowired
    TransactionOperations transactions;

    @Test
    void aParkedSagaIsListedWithItsReasonAndTheCommandItWaitsFor() {
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
    void aSagaThatIsParkedAgainSaysSinceWhenItIsThisTime() {
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
    void everySagaIsListedInItsStateAndInNoOther() {
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
                    .as("%s among those that are %s", its, state)
                    .isEqualTo(its == state));
        }
        JsonNode back = api.get("/sagas/" + compensating).json();
        assertThat(back.at("/cause/reason").asString()).isEqualTo("ADDRESS_NOT_SERVED");
        assertThat(back.at("/remaining/0").asString()).isEqualTo("REFUND_PAYMENT");
        assertThat(back.at("/awaiting/command").asString()).isEqualTo("RefundPayment");
        assertThat(back.at("/awaiting").has("deadline")).isTrue();
        assertThat(api.get("/sagas/" + rejected).json().at("/cause/reason").asString())
                .isEqualTo("INSUFFICIENT_FUNDS");

        participants.play(compensating, COMPLETE_ALL);
        deadlineComes(compensating);
        api.post("/orders/" + forward + "/cancellation");
        awaitStatus(forward, "CANCELLED");
        awaitStatus(compensating, "REJECTED");
    }

    @Test
    void pagesLeadThroughAllSagasNewestFirst() {
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
            // those that are placed meanwhile move nothing
            placeOrder("judy");
        } while (!after.isEmpty() && !seen.containsAll(placed));

        assertThat(seen).startsWith(placed.reversed().toArray(String[]::new)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, limit",
        "limit=101, limit",
        "limit=many, limit",
        "limit=, limit",
        "state=LOST, state",
        "state=parked, state",
        "state=, state",
        "after=, after",
        "after=zzz, after"
    })
    void badQueriesNameTheParameter(String query, String parameter) {
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

    /** However many orders there were, those of a state are found without reading the others. */
    @ParameterizedTest
    @EnumSource
    void aPageCostsTheSameHoweverManySagasThereAre(SagaPhase phase) {
        transactions.executeWithoutResult(status -> {
            insertOrders(3_000, "CONFIRMED", "CONFIRMED");
            insertOrders(20, "PENDING", "FORWARD");
            insertOrders(20, "PENDING", "COMPENSATING");
            insertOrders(20, "PARKED", "FORWARD");
            insertOrders(20, "REJECTED", "REJECTED");
            insertOrders(20, "CANCELLED", "CANCELLED");
            insertOrders(3_000, "CONFIRMED", "CONFIRMED");
            // the plan depends on statistics, which otherwise are those of whatever test ran before
            jdbc.sql("analyze orders, sagas").update();
            long before = rowsRead();

            List<SagaInstance> page =
                    sagas.newestFirst(new SagaFilter(phase, null), 10).getContent();

            assertThat(page).hasSize(10).allMatch(saga -> SagaPhase.of(saga.state()) == phase);
            assertThat(rowsRead() - before).isLessThan(300);
            status.setRollbackOnly();
        });
    }

    @Test
    void aLatePageCostsTheSameAsTheFirst() {
        transactions.executeWithoutResult(status -> {
            insertOrders(1_000, "PARKED", "FORWARD");
            UUID late = jdbc.sql("select id from orders where status = 'PARKED' order by id desc offset 500 limit 1")
                    .query(UUID.class)
                    .single();
            long before = rowsRead();

            List<SagaInstance> page = sagas.newestFirst(new SagaFilter(SagaPhase.PARKED, new OrderId(late)), 10)
                    .getContent();

            assertThat(page).hasSize(10).allMatch(saga -> saga.id().value().compareTo(late) < 0);
            assertThat(rowsRead() - before).isLessThan(300);
            status.setRollbackOnly();
        });
    }

    private void insertOrders(int count, String status, String phase) {
        jdbc.sql("""
                with ids as (select uuidv7() as id from generate_series(1, ?)),
                     placed as (
                         insert into orders (id, customer, lines, address, total, currency, status, placed_at)
                         select id, 'many', '[{"sku":"LAMP-1","quantity":1}]',
                                '{"name":"A","street":"B","city":"C","postalCode":"D","country":"DE"}', 1, 'EUR', ?, now()
                           from ids)
                insert into sagas (order_id, phase, awaiting, attempt, remaining, outcome, cause_reason, cause_detail,
                                   parked_reason, parked_detail, deadline_at, timeline_size)
                select id, phase,
                       case when phase = 'FORWARD' then 'CHARGE_PAYMENT' when back then 'REFUND_PAYMENT' end, 1,
                       case when back then 'REFUND_PAYMENT,RELEASE_INVENTORY' end, case when back then 'REJECTED' end,
                       case when phase not in ('FORWARD', 'CONFIRMED') then 'REASON' end,
                       case when phase not in ('FORWARD', 'CONFIRMED') then 'detail' end,
                       case when parked then 'PARKED_BY_OPERATOR' end, case when parked then 'detail' end,
                       case when back or phase = 'FORWARD' then now() + interval '1 hour' end, 1
                  from ids, (select ? as phase, ? = 'COMPENSATING' as back, ? = 'PARKED' as parked)""").params(count, status, phase, phase, status).update();
    }

    /** In this transaction. */
    private long rowsRead() {
        return jdbc.sql("""
                        select sum(seq_tup_read + idx_tup_fetch) from pg_stat_xact_user_tables
                         where relname in ('orders', 'sagas')""").query(Long.class).single();
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
