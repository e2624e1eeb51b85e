package io.orderly.order;

import static io.orderly.order.OrderJson.ONE_LAMP;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.Sku;
import io.orderly.contracts.inventory.ProductChanged;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionOperations;

class OrderPlacementIntegrationTest extends OrderServiceIntegrationTest {

    @Test
    void acceptsAnOrderAtThePricesOfTheCatalogue() {
        OrderServiceClient.Response answer = api.place(
                OrderJson.order("alice", "[{\"sku\":\"LAMP-1\",\"quantity\":2},{\"sku\":\"CHAIR-7\",\"quantity\":1}]"));

        assertThat(answer.status()).isEqualTo(202);
        String id = answer.json().get("id").asString();
        assertThat(answer.header("Location")).isEqualTo("/orders/" + id);
        assertThat(answer.json().get("status").asString()).isEqualTo("PENDING");
        assertThat(answer.json().at("/total/amount").asString()).isEqualTo("124.99");
        assertThat(answer.json().at("/total/currency").asString()).isEqualTo("EUR");
        assertThat(order(OrderId.of(id)).at("/lines/0/unitPrice/amount").asString())
                .isEqualTo("12.50");
    }

    @Test
    void usesTheLatestCataloguePriceAndIgnoresOutdatedChanges() {
        sell("MUG-3", "8.00", 2);
        publishProductChange("MUG-3", "7.00", 1);
        sell("MUG-4", "1.00", 1);

        assertThat(total("MUG-3")).isEqualTo("8.00");
        sell("MUG-3", "9.00", 3);
        assertThat(total("MUG-3")).isEqualTo("9.00");
    }

    private void publishProductChange(String sku, String euros, long version) {
        kafka.send(new ProductChanged(new Sku(sku), "Mug", Money.euros(euros), version));
    }

    private String total(String sku) {
        return api.place(OrderJson.order("alice", sku, 1))
                .json()
                .at("/total/amount")
                .asString();
    }

    @Test
    void storesStringsUnchanged() {
        List<String> strings = List.of(
                "Robert'); drop table orders;--", "Ünï©ødé 漢字 🎁", "a\\\\b \\\"quoted\\\"", "${jndi:ldap://x}", "%s%n");
        for (String text : strings) {
            OrderServiceClient.Response answer = api.place("""
                    {"customer":"alice","lines":%s,"address":{"name":"%s","street":"%s","city":"%s","postalCode":"'--",
                     "country":"DE"}}""".formatted(ONE_LAMP, text, text, text));

            assertThat(answer.status()).as(answer.text()).isEqualTo(202);
            var order = order(OrderId.of(answer.json().get("id").asString()));
            String plain = text.replace("\\\\", "\\").replace("\\\"", "\"");
            assertThat(order.at("/address/name").asString()).isEqualTo(plain);
            assertThat(order.at("/address/street").asString()).isEqualTo(plain);
            assertThat(order.at("/address/postalCode").asString()).isEqualTo("'--");
        }
        assertThat(countOrders()).isPositive();
    }

    @Nested
    class WithAnIdempotencyKey {

        @Test
        void repeatsTheResponseToARepeatedRequest() {
            String key = UUID.randomUUID().toString();
            String body = OrderJson.order("alice", ONE_LAMP);
            OrderServiceClient.Response first = api.place(key, body);
            long orders = countOrders();

            for (int i = 0; i < 3; i++) {
                OrderServiceClient.Response again = api.place(key, body);
                assertThat(again.status()).isEqualTo(202);
                assertThat(again.text()).isEqualTo(first.text());
                assertThat(again.header("Location")).isEqualTo(first.header("Location"));
            }
            assertThat(countOrders()).isEqualTo(orders);
        }

        @Test
        void treatsEquivalentJsonAsTheSameRequest() {
            String key = UUID.randomUUID().toString();
            OrderServiceClient.Response first = api.place(key, OrderJson.order("alice", ONE_LAMP));

            OrderServiceClient.Response again = api.place(key, """
                    { "address": {"country": "DE", "postalCode": "10969", "city": "Berlin", "street": "Lindenstr. 5",
                                  "name": "\\u0041lice"},
                      "expectedTotal": null, "lines": [{"quantity": 1, "sku": "LAMP-1"}], "customer": "alice" }""");

            assertThat(again.status()).as(again.text()).isEqualTo(202);
            assertThat(again.text()).isEqualTo(first.text());
        }

        @Test
        void allowsTwoCustomersToUseTheSameKey() {
            String key = UUID.randomUUID().toString();
            OrderServiceClient.Response first = api.place(key, OrderJson.order("alice", ONE_LAMP));

            OrderServiceClient.Response other = api.place(key, OrderJson.order("bob", ONE_LAMP));

            assertThat(other.status()).isEqualTo(202);
            assertThat(other.json().get("id")).isNotEqualTo(first.json().get("id"));
        }

        @Test
        void rejectsADifferentRequestWithTheSameKey() {
            String key = UUID.randomUUID().toString();
            api.place(key, OrderJson.order("alice", ONE_LAMP));
            long orders = countOrders();

            OrderServiceClient.Response other = api.place(key, OrderJson.order("alice", "LAMP-1", 2));

            assertThat(other.status()).isEqualTo(422);
            assertThat(other.json().at("/errors/0/field").asString()).isEqualTo("Idempotency-Key");
            assertThat(countOrders()).isEqualTo(orders);
        }

        @Test
        void allowsTheKeyToBeUsedAgainAfterARejectedRequest() {
            String key = UUID.randomUUID().toString();

            assertThat(api.place(key, OrderJson.order("alice", "NO-SUCH-1", 1)).status())
                    .isEqualTo(422);
            assertThat(api.place(key, OrderJson.order("alice", ONE_LAMP)).status())
                    .isEqualTo(202);
        }

        /** The lock on the table blocks the first request until all other requests have been answered. */
        @Test
        void createsOneOrderForConcurrentRequests(@Autowired TransactionOperations transactions) {
            int clients = 20;
            String key = UUID.randomUUID().toString();
            long before = countOrders();
            var answers = new ConcurrentLinkedQueue<OrderServiceClient.Response>();
            try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
                transactions.executeWithoutResult(_ -> {
                    jdbc.sql("lock table orders in share mode").update();
                    for (int i = 0; i < clients; i++) {
                        pool.execute(() -> answers.add(api.place(key, OrderJson.order("alice", ONE_LAMP))));
                    }
                    await().until(() -> answers.size() == clients - 1);
                });
            }

            assertThat(answers).extracting(OrderServiceClient.Response::status).containsOnly(202, 409);
            assertThat(answers.stream()
                            .filter(answer -> answer.status() == 202)
                            .map(OrderServiceClient.Response::text)
                            .distinct())
                    .hasSize(1);
            assertThat(countOrders()).isEqualTo(before + 1);
        }
    }

    static Stream<Arguments> invalidInput() {
        return Stream.of(
                invalid("an unknown product", 422, "lines[0].sku", OrderJson.order("a", "NO-SUCH-1", 1)),
                invalid("no quantity", 400, "lines[0].quantity", OrderJson.order("a", "[{\"sku\":\"LAMP-1\"}]")),
                invalid(
                        "the same product twice",
                        422,
                        "lines[1].sku",
                        OrderJson.order(
                                "a", "[{\"sku\":\"LAMP-1\",\"quantity\":1},{\"sku\":\"LAMP-1\",\"quantity\":2}]")),
                invalid("more than the highest total", 422, "lines", OrderJson.order("a", "GOLD-1", 1_000)),
                invalid("a customer with a NUL", 400, "customer", OrderJson.order("a\\u0000b", ONE_LAMP)),
                invalid(
                        "an unpaired surrogate",
                        400,
                        "address.street",
                        OrderJson.order("a", ONE_LAMP).replace("Lindenstr. 5", "Linden\\ud83c")),
                invalid("an expected total that differs", 422, "expectedTotal", expecting("12.49", "EUR")),
                invalid("an expected total in another currency", 422, "expectedTotal", expecting("12.50", "USD")),
                invalid(
                        "an unknown field",
                        400,
                        "coupon",
                        OrderJson.order("a", ONE_LAMP).replaceFirst("\\{", "{\"coupon\":\"x\",")),
                invalid("incomplete JSON", 400, "", "{\"customer\":"));
    }

    private static Arguments invalid(String description, int status, String field, String body) {
        return Arguments.argumentSet(description, status, field, body);
    }

    private static String expecting(String amount, String currency) {
        return OrderJson.order("a", ONE_LAMP)
                .replaceFirst(
                        "\\{",
                        "{\"expectedTotal\":{\"amount\":\"%s\",\"currency\":\"%s\"},".formatted(amount, currency));
    }

    @ParameterizedTest
    @MethodSource("invalidInput")
    void rejectsInvalidInputAndStoresNothing(int status, String field, String body) {
        sellGold();
        long before = countStoredRows();
        String key = UUID.randomUUID().toString();

        OrderServiceClient.Response answer = api.place(key, body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertProblem(answer);
        if (!field.isEmpty()) {
            assertThat(answer.json()
                            .get("errors")
                            .valueStream()
                            .map(error -> error.get("field").asString()))
                    .as(answer.text())
                    .contains(field);
        }
        assertThat(countStoredRows()).isEqualTo(before);
        assertThat(api.place(key, OrderJson.order("a", ONE_LAMP)).status())
                .as("the key can be used again")
                .isEqualTo(202);
    }

    @Test
    void reportsAllViolationsInOneResponse() {
        OrderServiceClient.Response answer = api.place("""
                {"lines":[{"sku":"LAMP-1","quantity":1},{"sku":"LAMP-1","quantity":0}],
                 "address":{"name":"Alice","street":" ","city":"Berlin","postalCode":"10969","country":"Germany"}}""");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("detail").asString())
                .isEqualTo("customer is missing. lines[1].quantity must be at least 1."
                        + " address.street must be one line of visible text, without control, formatting or unassigned"
                        + " characters. address.country must be two capital letters.");
        assertThat(api.place("{}").json().get("detail").asString())
                .isEqualTo("customer is missing. lines is missing. address is missing.");
    }

    /** Orders that were accepted under older validation rules remain readable. */
    @Test
    void showsStoredOrdersThatViolateNewerRules() {
        String id =
                api.place(OrderJson.order("dora", ONE_LAMP)).json().get("id").asString();
        awaitStatus(OrderId.of(id), "CONFIRMED");
        jdbc.sql(
                        "update orders set customer = 'a/b', address = jsonb_set(address::jsonb, '{name}', '\"\u200b\"') where id = ?::uuid")
                .param(id)
                .update();

        assertThat(order(OrderId.of(id)).get("customer").asString()).isEqualTo("a/b");
        assertThat(api.get("/orders?limit=1").status()).isEqualTo(200);
    }

    private void sellGold() {
        if (jdbc.sql("select count(*) from catalogue_products where sku = 'GOLD-1'")
                        .query(Long.class)
                        .single()
                == 0) {
            sell("GOLD-1", "99999999999999999.99", 1);
        }
    }

    @Test
    void rejectsInvalidIdempotencyKeys() {
        long before = countStoredRows();

        OrderServiceClient.Response missing = api.post("/orders", OrderJson.order("a", ONE_LAMP), request -> request);
        assertThat(missing.status()).isEqualTo(400);
        assertThat(missing.json().at("/errors/0/field").asString()).isEqualTo("Idempotency-Key");
        for (String key : List.of("x".repeat(256), "x".repeat(10_000), " ")) {
            OrderServiceClient.Response answer = api.place(key, OrderJson.order("a", ONE_LAMP));
            assertThat(answer.status()).as(answer.text()).isBetween(400, 499);
            assertProblem(answer);
        }
        assertThat(countStoredRows()).isEqualTo(before);
        assertThat(api.place("x".repeat(200) + UUID.randomUUID(), OrderJson.order("a", ONE_LAMP))
                        .status())
                .isEqualTo(202);
    }

    @Test
    void rejectsUnsupportedMediaTypesAndOversizedBodies() {
        long before = countStoredRows();

        OrderServiceClient.Response large = api.place("{\"customer\":\"" + "x".repeat(1_100_000));
        assertThat(large.status()).isEqualTo(413);
        assertProblem(large);
        OrderServiceClient.Response xml = api.post(
                "/orders",
                "<order/>",
                request -> request.setHeader("Content-Type", "application/xml").header("Idempotency-Key", "k"));
        assertThat(xml.status()).isEqualTo(415);
        assertProblem(xml);
        assertThat(countStoredRows()).isEqualTo(before);
    }

    @Test
    void rejectsUnknownAndMalformedOrderIds() {
        String unknown = "0199f2c8-7c00-7000-8000-00000000beef";
        for (String path : List.of("/orders/%s", "/orders/%s/timeline", "/orders/%s/events")) {
            OrderServiceClient.Response answer = api.get(path.formatted(unknown), "Accept", "*/*");
            assertThat(answer.status()).isEqualTo(404);
            assertProblem(answer);
            for (String id : List.of("x", "1", "x".repeat(10_000), "%00", "'%20or%201=1--", unknown + "0")) {
                OrderServiceClient.Response malformed = api.get(path.formatted(id), "Accept", "*/*");
                assertThat(malformed.status()).as(id).isBetween(400, 499);
                assertProblem(malformed);
            }
        }
        for (String path :
                List.of("/orders/%s/cancellation", "/sagas/%s/retry", "/sagas/%s/park", "/sagas/%s/compensate")) {
            assertThat(api.post(path.formatted(unknown)).status()).isEqualTo(404);
            assertThat(api.post(path.formatted("x")).status()).isEqualTo(400);
        }
    }

    private static void assertProblem(OrderServiceClient.Response answer) {
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().get("status").asInt()).isEqualTo(answer.status());
        assertThat(answer.json().get("detail").asString()).isNotBlank();
        assertThat(answer.text()).doesNotContain("Exception", "\tat ", "io.orderly", "java.");
    }

    private long countOrders() {
        return jdbc.sql("select count(*) from orders").query(Long.class).single();
    }

    /** Counts the rows of the tables that placing an order writes to, except the outbox, whose rows are deleted. */
    private long countStoredRows() {
        return jdbc.sql("""
                        select (select count(*) from orders) + (select count(*) from sagas)
                             + (select count(*) from idempotency_keys)""").query(Long.class).single();
    }
}
