package io.orderly.order;

import static io.orderly.contracts.SagaStep.CHARGE_PAYMENT;
import static io.orderly.order.ScriptedParticipants.COMPLETE_ALL;
import static io.orderly.order.ScriptedParticipants.silentAt;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Topic;
import io.orderly.contracts.payment.ChargePayment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class OrderQueryIntegrationTest extends OrderServiceIntegrationTest {

    @Nested
    class Pages {

        @Test
        void listTheOrdersOfACustomerNewestFirst() {
            String customer = "pages-" + UUID.randomUUID();
            List<String> placed = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                placed.add(placeOrder(customer).toString());
            }
            Collections.reverse(placed);

            List<String> seen = new ArrayList<>();
            List<Integer> sizes = new ArrayList<>();
            String after = "";
            do {
                JsonNode page =
                        api.get("/orders?limit=3&customer=" + customer + after).json();
                List<String> ids = page.get("orders")
                        .valueStream()
                        .map(order -> order.get("id").asString())
                        .toList();
                sizes.add(ids.size());
                seen.addAll(ids);
                after = page.has("next") ? "&after=" + page.get("next").asString() : "";
                // orders that are placed meanwhile do not shift the pages
                placeOrder(customer);
            } while (!after.isEmpty());

            assertThat(seen).isEqualTo(placed);
            assertThat(sizes).containsExactly(3, 3, 1);
        }

        @Test
        void ofTheSecondVersionContinueThoseOfTheFirst() {
            String customer = "versions-" + UUID.randomUUID();
            OrderId older = placeOrder(customer);
            OrderId newer = placeOrder(customer);

            String path = "/orders?limit=1&customer=" + customer;
            JsonNode first = api.get(path, "API-Version", "1").json();
            JsonNode second = api.get(path + "&after=" + first.get("next").asString(), "API-Version", "2")
                    .json();

            assertThat(first.at("/orders/0/id").asString()).isEqualTo(newer.toString());
            assertThat(first.at("/orders/0/address/city").isString()).isTrue();
            assertThat(second.at("/orders/0/id").asString()).isEqualTo(older.toString());
            assertThat(second.at("/orders/0").has("address")).isFalse();
        }

        @Test
        void listTheOrdersOfAStatus() {
            String customer = "status-" + UUID.randomUUID();
            OrderId confirmed = placeOrder(customer);
            awaitStatus(confirmed, "CONFIRMED");
            participants.play(silentAt(CHARGE_PAYMENT));
            OrderId pending = placeOrder(customer);

            assertThat(ids("customer=" + customer)).containsExactly(pending.toString(), confirmed.toString());
            assertThat(ids("customer=" + customer + "&status=CONFIRMED")).containsExactly(confirmed.toString());
            assertThat(ids("status=PENDING")).contains(pending.toString()).doesNotContain(confirmed.toString());
            assertThat(ids("customer=nobody")).isEmpty();
            api.post("/orders/" + pending + "/cancellation");
            awaitStatus(pending, "CANCELLED");
            assertThat(ids("status=CANCELLED&limit=1")).containsExactly(pending.toString());
        }

        @ParameterizedTest
        @CsvSource({"limit=0, limit", "limit=1&limit=2, limit", "customer=a%00b, customer", "customer=a%2Fb, customer"})
        void rejectInvalidParameters(String query, String parameter) {
            OrderServiceClient.Response answer = api.get("/orders?" + query);

            assertThat(answer.status()).as(answer.text()).isEqualTo(400);
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo(parameter);
        }

        private List<String> ids(String query) {
            return api.get("/orders?" + query)
                    .json()
                    .get("orders")
                    .valueStream()
                    .map(order -> order.get("id").asString())
                    .toList();
        }
    }

    @Nested
    class Timelines {

        @Test
        void canBeReadInParts() {
            OrderId order = placeOrder("alice");
            awaitStatus(order, "CONFIRMED");

            JsonNode part =
                    api.get("/orders/" + order + "/timeline?after=2&limit=3").json();

            assertThat(part.get("entries")
                            .valueStream()
                            .map(entry -> entry.get("seq").asInt()))
                    .containsExactly(3, 4, 5);
            assertThat(part.get("status").asString()).isEqualTo("CONFIRMED");
        }

        @Test
        void containTheCauseOfARejection() {
            participants.play(silentAt(CHARGE_PAYMENT));
            OrderId order = placeOrder("alice");
            awaitStep(order, "CHARGE_PAYMENT");
            deadlineComes(order);
            awaitStatus(order, "REJECTED");

            JsonNode end = api.get("/orders/" + order + "/timeline")
                    .json()
                    .get("entries")
                    .valueStream()
                    .filter(entry -> entry.get("kind").asString().equals("REJECTED"))
                    .findFirst()
                    .orElseThrow();
            assertThat(end.at("/cause/reason").asString()).isEqualTo("STEP_TIMED_OUT");
        }
    }

    @Nested
    class TimelinesAsText {

        @Test
        void areFormattedAsATable() {
            OrderId order = placeOrder("alice");
            awaitStatus(order, "CONFIRMED");

            OrderServiceClient.Response answer = api.get("/orders/" + order + "/timeline", "Accept", "text/plain");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Content-Type")).isEqualTo("text/plain;charset=UTF-8");
            List<String> lines = answer.text().lines().toList();
            assertThat(lines.getFirst()).matches("order " + order + " is CONFIRMED after \\d+ ms");
            assertThat(lines.get(1)).matches("  total   \\d+\\.\\d\\d EUR");
            assertThat(lines.get(2)).isEqualTo("      since   Lamport  what       step");
            assertThat(lines.get(3)).matches(" +0 ms +\\d+  PLACED");
            assertThat(lines.get(4)).matches(" +\\d+ ms +\\d+  COMMAND    RESERVE_INVENTORY   ReserveInventory");
            assertThat(lines.getLast()).matches(" +\\d+ ms +\\d+  CONFIRMED");
            assertThat(lines).hasSize(3 + 10);
        }

        @Test
        void containTheCauseOfCancellationOrParking() {
            participants.play(silentAt(CHARGE_PAYMENT));
            OrderId order = placeOrder("alice");
            awaitStep(order, "CHARGE_PAYMENT");
            api.post("/sagas/" + order + "/park");
            awaitStatus(order, "PARKED");
            assertThat(text(order)).contains("is PARKED after", "  parked  PARKED_BY_OPERATOR: ");

            api.post("/orders/" + order + "/cancellation");
            awaitStatus(order, "CANCELLED");
            assertThat(text(order))
                    .contains("is CANCELLED after", "  cause   CANCELLED_BY_CUSTOMER: ", "  CANCELLATION  ")
                    .contains("      since   Lamport  what          step\n");
        }

        @Test
        void areJsonForAClientThatDoesNotPreferText() {
            OrderId order = placeOrder("alice");
            for (String accepted : List.of(
                    "*/*",
                    "application/json",
                    "application/*, text/plain;q=0.5",
                    "text/plain;q=0.5, */*",
                    "application/json, text/plain, */*")) {
                OrderServiceClient.Response answer = api.get("/orders/" + order + "/timeline", "Accept", accepted);
                assertThat(answer.header("Content-Type")).as(accepted).isEqualTo("application/json");
                assertThat(answer.json().get("orderId").asString()).isEqualTo(order.toString());
            }
            assertThat(api.get("/orders/" + order + "/timeline").header("Content-Type"))
                    .isEqualTo("application/json");
        }

        @Test
        void areAProblemForAnUnknownOrder() {
            for (String id : List.of(UUID.randomUUID().toString(), "no-id")) {
                OrderServiceClient.Response answer = api.get("/orders/" + id + "/timeline", "Accept", "text/plain");
                assertThat(answer.status()).isIn(400, 404);
                assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
                assertThat(answer.json().get("detail").asString()).isNotEmpty();
            }
        }

        private String text(OrderId order) {
            return api.get("/orders/" + order + "/timeline", "Accept", "text/plain")
                    .text();
        }
    }

    @Nested
    class Streams {

        @Test
        void sendTheTimelineUntilTheSagaHasEnded() throws Exception {
            participants.play(silentAt(CHARGE_PAYMENT));
            OrderId order = placeOrder("alice");
            awaitStep(order, "CHARGE_PAYMENT");
            List<String> lines = Collections.synchronizedList(new ArrayList<>());
            CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> {
                try (Stream<String> stream = api.stream("/orders/" + order + "/events", 0)) {
                    stream.forEach(lines::add);
                }
            });
            await().until(() -> lines.contains("id:4"));
            assertThat(lines).contains("event:PLACED", "event:COMMAND", "event:REPLY");

            participants.play(order, COMPLETE_ALL);
            kafka.messages(Topic.PAYMENT_COMMANDS.topicName(), order.toString()).stream()
                    .map(charge -> ScriptedParticipants.completion((ChargePayment) charge))
                    .forEach(kafka::send);

            reading.get(20, TimeUnit.SECONDS);
            assertThat(lines).contains("event:CONFIRMED", "id:10");
            assertThat(lines).filteredOn(line -> line.startsWith("id:")).hasSize(10);
            assertThat(lines)
                    .filteredOn(line -> line.startsWith("data:"))
                    .allMatch(line -> line.contains("hybridTime"));
        }

        @Test
        void continueAfterTheLastEventId() {
            OrderId order = placeOrder("alice");
            awaitStatus(order, "CONFIRMED");

            try (Stream<String> stream = api.stream("/orders/" + order + "/events", 8)) {
                assertThat(stream.filter(line -> line.startsWith("id:"))).containsExactly("id:9", "id:10");
            }
        }

        @Test
        void respondWithNoContentAfterTheEnd() {
            OrderId order = placeOrder("alice");
            awaitStatus(order, "CONFIRMED");

            assertThat(api.get("/orders/" + order + "/events", "Last-Event-ID", "10")
                            .status())
                    .isEqualTo(204);
        }

        @ParameterizedTest
        @ValueSource(ints = {11, 1_000, Integer.MAX_VALUE})
        void startAgainIfTheLastEventIdIsBeyondTheEnd(int lastEventId) {
            OrderId order = placeOrder("alice");
            awaitStatus(order, "CONFIRMED");

            try (Stream<String> stream = api.stream("/orders/" + order + "/events", lastEventId)) {
                assertThat(stream.filter(line -> line.startsWith("id:")))
                        .hasSize(10)
                        .startsWith("id:1")
                        .endsWith("id:10");
            }
        }

        @Test
        void rejectInvalidEventIds() {
            OrderId order = placeOrder("alice");

            for (String id : List.of("x", "-1", "99999999999")) {
                OrderServiceClient.Response answer = api.get("/orders/" + order + "/events", "Last-Event-ID", id);
                assertThat(answer.status()).isEqualTo(400);
                assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo("Last-Event-ID");
            }
        }

        @Test
        void areLimitedInNumber() {
            participants.play(silentAt(CHARGE_PAYMENT));
            OrderId order = placeOrder("alice");
            List<Stream<String>> open = new ArrayList<>();
            for (int i = 0; i < MAX_STREAMS; i++) {
                open.add(api.stream("/orders/" + order + "/events", 0));
            }

            OrderServiceClient.Response rejected =
                    api.get("/orders/" + order + "/events", "Accept", "text/event-stream");

            assertThat(rejected.status()).isEqualTo(503);
            open.forEach(Stream::close);
            api.post("/orders/" + order + "/cancellation");
            await().until(() -> api.get("/orders/" + order + "/events", "Last-Event-ID", "0")
                            .status()
                    == 200);
        }
    }

    @Test
    void describesItsApi() {
        JsonNode description = api.get("/v3/api-docs").json();
        JsonNode paths = description.get("paths");

        assertThat(paths.at("/~1orders~1{id}~1cancellation/post/responses/409/$ref")
                        .asString())
                .isEqualTo("#/components/responses/CONFLICT");
        assertThat(description.at("/components/responses/CONFLICT/description").asString())
                .contains("/problems/pivot-passed", "/problems/not-parked", "/problems/ended");
        assertThat(api.get("/problems/pivot-passed").status()).isEqualTo(200);
        JsonNode timeline = paths.at("/~1orders~1{id}~1timeline/get");
        assertThat(timeline.get("operationId").asString()).isEqualTo("timeline");
        assertThat(timeline.at("/responses/200/content").propertyNames())
                .containsExactlyInAnyOrder("application/json", "text/plain;charset=UTF-8");

        assertThat(paths.at("/~1sagas~1{id}~1retry/post/requestBody/content/application~1json/schema/$ref")
                        .asString())
                .isEqualTo("#/components/schemas/OperatorNote");
        assertThat(description
                        .at("/components/schemas/OperatorNote/properties/reason/maxLength")
                        .asInt())
                .isEqualTo(500);

        assertThat(paths.propertyNames())
                .contains(
                        "/orders",
                        "/orders/{id}",
                        "/orders/{id}/timeline",
                        "/orders/{id}/events",
                        "/orders/{id}/cancellation",
                        "/sagas/{id}/retry",
                        "/sagas/{id}/park",
                        "/sagas/{id}/compensate");
    }
}
