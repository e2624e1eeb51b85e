package io.orderly.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.Sku;
import io.orderly.contracts.inventory.ProductChanged;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionOperations;

class OrderPlacementIntegrationTest extends OrderServiceIntegrationTest {

    private static final String LAMP = "[{\"sku\":\"LAMP-1\",\"quantity\":1}]";

    @Test
    void acceptsAnOrderAtThePricesOfTheCatalogue() {
        OrderServiceClient.Response answer = api.place(OrderServiceClient.order(
                "alice", "[{\"sku\":\"LAMP-1\",\"quantity\":2},{\"sku\":\"CHAIR-7\",\"quantity\":1}]"));

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
    void followsTheCatalogueAndIgnoresOldNewsOfIt() {
        sell("MUG-3", "8.00", 2);
        kafkaSells("MUG-3", "7.00", 1);
        sell("MUG-4", "1.00", 1);

        assertThat(total("MUG-3")).isEqualTo("8.00");
        sell("MUG-3", "9.00", 3);
        assertThat(total("MUG-3")).isEqualTo("9.00");
    }

    private void kafkaSells(String sku, String euros, long version) {
        kafka.send(new ProductChanged(new Sku(sku), "Mug", Money.euros(euros), version));
    }

    private String total(String sku) {
        return api.place(OrderServiceClient.order("alice", sku, 1))
                .json()
                .at("/total/amount")
                .asString();
    }

    @Test
    void keepsEveryStringAsItIs() {
        List<String> strings = List.of(
                "Robert'); drop table orders;--", "Ünï©ødé 漢字 🎁", "a\\\\b \\\"quoted\\\"", "${jndi:ldap://x}", "%s%n");
        for (String text : strings) {
            OrderServiceClient.Response answer = api.place("""
                    {"customer":"alice","lines":%s,"address":{"name":"%s","street":"%s","city":"%s","postalCode":"'--",
                     "country":"DE"}}""".formatted(LAMP, text, text, text));

            assertThat(answer.status()).as(answer.text()).isEqualTo(202);
            var order = order(OrderId.of(answer.json().get("id").asString()));
            String plain = text.replace("\\\\", "\\").replace("\\\"", "\"");
            assertThat(order.at("/address/name").asString()).isEqualTo(plain);
            assertThat(order.at("/address/street").asString()).isEqualTo(plain);
            assertThat(order.at("/address/postalCode").asString()).isEqualTo("'--");
        }
        assertThat(count()).isPositive();
    }

    @Nested
    class WithAKey {

        @Test
        void givesTheSameAnswerToTheSameRequest() {
            String key = UUID.randomUUID().toString();
            String body = OrderServiceClient.order("alice", LAMP);
            OrderServiceClient.Response first = api.place(key, body);
            long orders = count();

            for (int i = 0; i < 3; i++) {
                OrderServiceClient.Response again = api.place(key, body);
                assertThat(again.status()).isEqualTo(202);
                assertThat(again.text()).isEqualTo(first.text());
                assertThat(again.header("Location")).isEqualTo(first.header("Location"));
            }
            assertThat(count()).isEqualTo(orders);
        }

        @Test
        void givesTheSameAnswerToTheSameRequestInAnotherSpelling() {
            String key = UUID.randomUUID().toString();
            OrderServiceClient.Response first = api.place(key, OrderServiceClient.order("alice", LAMP));

            OrderServiceClient.Response again = api.place(key, """
                    { "address": {"country": "DE", "postalCode": "10969", "city": "Berlin", "street": "Lindenstr. 5",
                                  "name": "\\u0041lice"},
                      "expectedTotal": null, "lines": [{"quantity": 1, "sku": "LAMP-1"}], "customer": "alice" }""");

            assertThat(again.status()).as(again.text()).isEqualTo(202);
            assertThat(again.text()).isEqualTo(first.text());
        }

        @Test
        void isTheCustomersOwn() {
            String key = UUID.randomUUID().toString();
            OrderServiceClient.Response first = api.place(key, OrderServiceClient.order("alice", LAMP));

            OrderServiceClient.Response other = api.place(key, OrderServiceClient.order("bob", LAMP));

            assertThat(other.status()).isEqualTo(202);
            assertThat(other.json().get("id")).isNotEqualTo(first.json().get("id"));
        }

        @Test
        void refusesAnotherRequest() {
            String key = UUID.randomUUID().toString();
            api.place(key, OrderServiceClient.order("alice", LAMP));
            long orders = count();

            OrderServiceClient.Response other = api.place(key, OrderServiceClient.order("alice", "LAMP-1", 2));

            assertThat(other.status()).isEqualTo(422);
            assertThat(other.json().at("/errors/0/field").asString()).isEqualTo("Idempotency-Key");
            assertThat(count()).isEqualTo(orders);
        }

        @Test
        void isFreeAgainAfterARequestThatWasRefused() {
            String key = UUID.randomUUID().toString();

            assertThat(api.place(key, OrderServiceClient.order("alice", "NO-SUCH-1", 1))
                            .status())
                    .isEqualTo(422);
            assertThat(api.place(key, OrderServiceClient.order("alice", LAMP)).status())
                    .isEqualTo(202);
        }

        /** The request that comes first cannot store its order before all others have been answered. */
        @Test
        void makesOneOrderOfManyConcurrentRequests(@Autowired TransactionOperations transactions) {
            int clients = 20;
            String key = UUID.randomUUID().toString();
            long before = count();
            var answers = new ConcurrentLinkedQueue<OrderServiceClient.Response>();
            try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
                transactions.executeWithoutResult(_ -> {
                    jdbc.sql("lock table orders in share mode").update();
                    for (int i = 0; i < clients; i++) {
                        pool.execute(() -> answers.add(api.place(key, OrderServiceClient.order("alice", LAMP))));
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
            assertThat(count()).isEqualTo(before + 1);
        }
    }

    static Stream<Arguments> badInput() {
        String thousands = IntStream.range(0, 10_000)
                .mapToObj(i -> "{\"sku\":\"LAMP-" + i + "\",\"quantity\":1}")
                .collect(Collectors.joining(",", "[", "]"));
        return Stream.of(
                bad("an unknown product", 422, "lines[0].sku", OrderServiceClient.order("a", "NO-SUCH-1", 1)),
                bad(
                        "no product's name",
                        400,
                        "lines[0].sku",
                        OrderServiceClient.order("a", "lamp'; drop table orders;--", 1)),
                bad("a quantity of zero", 400, "lines[0].quantity", OrderServiceClient.order("a", "LAMP-1", 0)),
                bad("a negative quantity", 400, "lines[0].quantity", OrderServiceClient.order("a", "LAMP-1", -1)),
                bad(
                        "a quantity over the limit",
                        400,
                        "lines[0].quantity",
                        OrderServiceClient.order("a", "LAMP-1", 1_001)),
                bad(
                        "half a product",
                        400,
                        "lines[0].quantity",
                        OrderServiceClient.order("a", "[{\"sku\":\"LAMP-1\",\"quantity\":1.5}]")),
                bad(
                        "a quantity beyond all bounds",
                        400,
                        "lines[0].quantity",
                        OrderServiceClient.order("a", "[{\"sku\":\"LAMP-1\",\"quantity\":99999999999}]")),
                bad(
                        "a quantity in words",
                        400,
                        "lines[0].quantity",
                        OrderServiceClient.order("a", "[{\"sku\":\"LAMP-1\",\"quantity\":\"1\"}]")),
                bad("no quantity", 400, "lines[0].quantity", OrderServiceClient.order("a", "[{\"sku\":\"LAMP-1\"}]")),
                bad("no product", 400, "lines[0].sku", OrderServiceClient.order("a", "[{\"quantity\":1}]")),
                bad(
                        "the same product twice",
                        422,
                        "lines[1].sku",
                        OrderServiceClient.order(
                                "a", "[{\"sku\":\"LAMP-1\",\"quantity\":1},{\"sku\":\"LAMP-1\",\"quantity\":2}]")),
                bad("no lines", 400, "lines", OrderServiceClient.order("a", "[]")),
                bad("null for lines", 400, "lines", OrderServiceClient.order("a", "null")),
                bad("null for a line", 400, "lines[0]", OrderServiceClient.order("a", "[null]")),
                bad("10,000 lines", 400, "lines", OrderServiceClient.order("a", thousands)),
                bad("more than the highest total", 422, "lines", OrderServiceClient.order("a", "GOLD-1", 1_000)),
                bad(
                        "no customer",
                        400,
                        "customer",
                        OrderServiceClient.order("a", LAMP).replace("\"customer\":\"a\",", "")),
                bad("a blank customer", 400, "customer", OrderServiceClient.order("  ", LAMP)),
                bad(
                        "a customer of 10,000 characters",
                        400,
                        "customer",
                        OrderServiceClient.order("x".repeat(10_000), LAMP)),
                bad(
                        "a customer that is two segments of a path",
                        400,
                        "customer",
                        OrderServiceClient.order("a/b", LAMP)),
                bad("a customer that is a step in a path", 400, "customer", OrderServiceClient.order("..", LAMP)),
                bad("a customer with a space before it", 400, "customer", OrderServiceClient.order(" bhx", LAMP)),
                bad("a customer in decomposed form", 400, "customer", OrderServiceClient.order("Zoe\u0308", LAMP)),
                bad("a customer of nothing to see", 400, "customer", OrderServiceClient.order("\u200b", LAMP)),
                bad(
                        "a name of nothing to see",
                        400,
                        "address.name",
                        OrderServiceClient.order("a", LAMP).replace("Alice", "\u2800")),
                bad(
                        "a name that is written backwards",
                        400,
                        "address.name",
                        OrderServiceClient.order("a", LAMP).replace("Alice", "\u202eecilA")),
                bad("a customer with a NUL", 400, "customer", OrderServiceClient.order("a\\u0000b", LAMP)),
                bad(
                        "a street with a NUL",
                        400,
                        "address.street",
                        OrderServiceClient.order("a", LAMP).replace("Lindenstr. 5", "Linden\\u0000")),
                bad(
                        "half a character",
                        400,
                        "address.street",
                        OrderServiceClient.order("a", LAMP).replace("Lindenstr. 5", "Linden\\ud83c")),
                bad(
                        "a street of 10,000 characters",
                        400,
                        "address.street",
                        OrderServiceClient.order("a", LAMP).replace("Lindenstr. 5", "x".repeat(10_000))),
                bad(
                        "a blank city",
                        400,
                        "address.city",
                        OrderServiceClient.order("a", LAMP).replace("Berlin", " ")),
                bad(
                        "a city of nothing to see",
                        400,
                        "address.city",
                        OrderServiceClient.order("a", LAMP).replace("Berlin", "\\u00a0")),
                bad(
                        "a street of two lines",
                        400,
                        "address.street",
                        OrderServiceClient.order("a", LAMP).replace("Lindenstr. 5", "Lindenstr.\\n5")),
                bad(
                        "a country that is none",
                        400,
                        "address.country",
                        OrderServiceClient.order("a", LAMP).replace("\"DE\"", "\"Germany\"")),
                bad("no address", 400, "address", "{\"customer\":\"a\",\"lines\":" + LAMP + "}"),
                bad("another total than expected", 422, "expectedTotal", expecting("12.49", "EUR")),
                bad("a total in another currency", 422, "expectedTotal", expecting("12.50", "USD")),
                bad("a total in no currency", 400, "expectedTotal.currency", expecting("12.50", "euros")),
                bad("a total beyond all bounds", 400, "expectedTotal.amount", expecting("1e999999999", "EUR")),
                bad(
                        "a field that nobody knows",
                        400,
                        "coupon",
                        OrderServiceClient.order("a", LAMP).replaceFirst("\\{", "{\"coupon\":\"x\",")),
                bad("broken JSON", 400, "", "{\"customer\":"),
                bad("no JSON", 400, "", "hello"),
                bad("nothing", 400, "", ""),
                bad("another kind of JSON", 400, "", "[]"),
                bad("null", 400, "", "null"),
                bad("deeply nested JSON", 400, "", "[".repeat(100_000)));
    }

    private static Arguments bad(String what, int status, String field, String body) {
        return Arguments.argumentSet(what, status, field, body);
    }

    private static String expecting(String amount, String currency) {
        return OrderServiceClient.order("a", LAMP)
                .replaceFirst(
                        "\\{",
                        "{\"expectedTotal\":{\"amount\":\"%s\",\"currency\":\"%s\"},".formatted(amount, currency));
    }

    @ParameterizedTest
    @MethodSource("badInput")
    void refusesBadInputAndStoresNothing(int status, String field, String body) {
        sellGold();
        long before = everything();
        String key = UUID.randomUUID().toString();

        OrderServiceClient.Response answer = api.place(key, body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        isAProblem(answer);
        if (!field.isEmpty()) {
            assertThat(answer.json()
                            .get("errors")
                            .valueStream()
                            .map(error -> error.get("field").asString()))
                    .as(answer.text())
                    .contains(field);
        }
        assertThat(everything()).isEqualTo(before);
        assertThat(api.place(key, OrderServiceClient.order("a", LAMP)).status())
                .as("the key is free again")
                .isEqualTo(202);
    }

    @Test
    void namesAllThatIsWrongAtOnce() {
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

    /** What was accepted under older rules is shown and not a failure. */
    @Test
    void showsOrdersFromBeforeTheRules() {
        String id = api.place(OrderServiceClient.order("dora", LAMP))
                .json()
                .get("id")
                .asString();
        awaitStatus(OrderId.of(id), "CONFIRMED");
        jdbc.sql(
                        "update orders set customer = 'a/b', address = jsonb_set(address::jsonb, '{name}', '\"\u200b\"') where id = ?::uuid")
                .param(id)
                .update();

        assertThat(order(OrderId.of(id)).get("customer").asString()).isEqualTo("a/b");
        assertThat(api.get("/orders?limit=1").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "status=, status",
        "status=%20PENDING, status",
        "status=pending, status",
        "status=PENDING&status=PARKED, status",
        "customer=, customer",
        "customer=a%2Fb, customer",
        "after=, after",
        "limit=, limit",
        "limit=0, limit",
        "limit=0x10, limit",
        "limit=1&limit=2, limit",
        "statsu=PARKED, statsu"
    })
    void refusesParametersThatItWouldHaveToGuess(String query, String parameter) {
        OrderServiceClient.Response answer = api.get("/orders?" + query);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        isAProblem(answer);
        assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo(parameter);
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
    void refusesBadKeys() {
        long before = everything();

        OrderServiceClient.Response missing =
                api.post("/orders", OrderServiceClient.order("a", LAMP), request -> request);
        assertThat(missing.status()).isEqualTo(400);
        assertThat(missing.json().at("/errors/0/field").asString()).isEqualTo("Idempotency-Key");
        for (String key : List.of("x".repeat(256), "x".repeat(10_000), " ")) {
            OrderServiceClient.Response answer = api.place(key, OrderServiceClient.order("a", LAMP));
            assertThat(answer.status()).as(answer.text()).isBetween(400, 499);
            isAProblem(answer);
        }
        assertThat(everything()).isEqualTo(before);
        assertThat(api.place("x".repeat(200) + UUID.randomUUID(), OrderServiceClient.order("a", LAMP))
                        .status())
                .isEqualTo(202);
    }

    @Test
    void refusesBodiesOfAnotherMediaTypeOrSize() {
        long before = everything();

        OrderServiceClient.Response large = api.place("{\"customer\":\"" + "x".repeat(1_100_000));
        assertThat(large.status()).isEqualTo(413);
        isAProblem(large);
        OrderServiceClient.Response xml = api.post(
                "/orders",
                "<order/>",
                request -> request.setHeader("Content-Type", "application/xml").header("Idempotency-Key", "k"));
        assertThat(xml.status()).isEqualTo(415);
        isAProblem(xml);
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void refusesOrdersThatAreNotThere() {
        String unknown = "0199f2c8-7c00-7000-8000-00000000beef";
        for (String path : List.of("/orders/%s", "/orders/%s/timeline", "/orders/%s/events")) {
            OrderServiceClient.Response answer = api.get(path.formatted(unknown), "Accept", "*/*");
            assertThat(answer.status()).isEqualTo(404);
            isAProblem(answer);
            for (String id : List.of("x", "1", "x".repeat(10_000), "%00", "'%20or%201=1--", unknown + "0")) {
                OrderServiceClient.Response malformed = api.get(path.formatted(id), "Accept", "*/*");
                assertThat(malformed.status()).as(id).isBetween(400, 499);
                isAProblem(malformed);
            }
        }
        for (String path :
                List.of("/orders/%s/cancellation", "/sagas/%s/retry", "/sagas/%s/park", "/sagas/%s/compensate")) {
            assertThat(api.post(path.formatted(unknown)).status()).isEqualTo(404);
            assertThat(api.post(path.formatted("x")).status()).isEqualTo(400);
        }
    }

    private static void isAProblem(OrderServiceClient.Response answer) {
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().get("status").asInt()).isEqualTo(answer.status());
        assertThat(answer.json().get("detail").asString()).isNotBlank();
        assertThat(answer.text()).doesNotContain("Exception", "\tat ", "io.orderly", "java.");
    }

    private long count() {
        return jdbc.sql("select count(*) from orders").query(Long.class).single();
    }

    /** The rows of every table that placing an order writes to, but for those that leave by themselves. */
    private long everything() {
        return jdbc.sql("""
                        select (select count(*) from orders) + (select count(*) from sagas)
                             + (select count(*) from idempotency_keys)""").query(Long.class).single();
    }
}
