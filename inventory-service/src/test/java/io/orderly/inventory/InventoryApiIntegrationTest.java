package io.orderly.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.OrderLine;
import io.orderly.contracts.Sku;
import io.orderly.contracts.inventory.CommitReservation;
import io.orderly.contracts.inventory.ReleaseInventory;
import io.orderly.contracts.inventory.ReserveInventory;
import io.orderly.inventory.catalogue.SeedCatalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

/** The HTTP API, including invalid requests. */
class InventoryApiIntegrationTest extends InventoryIntegrationTest {

    @Test
    void returnsAProductWithItsReviewsAndStock() {
        Sku sku = SeedCatalogue.FIRST_EDITION;

        JsonNode details = get("/products/%s/details".formatted(sku));

        assertThat(details.get("product")).isEqualTo(get("/products/" + sku));
        assertThat(details.get("stock")).isEqualTo(get("/products/%s/stock".formatted(sku)));
        assertThat(details.get("reviews")).isEqualTo(get("/products/%s/reviews".formatted(sku)));
        assertThat(details.at("/product/price/amount").asString()).isEqualTo("49.00");
        assertThat(details.at("/stock/onHand").asLong()).isEqualTo(10);
    }

    @Test
    void pagesContainEachProductOnce() {
        List<String> skus = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = get("/products?category=KITCHEN&limit=30" + (next.isEmpty() ? "" : "&after=" + next));
            page.get("products").forEach(product -> skus.add(product.get("sku").asString()));
            next = page.path("next").asString("");
        } while (!next.isEmpty());

        assertThat(skus).hasSize(100).isSorted().doesNotHaveDuplicates().allMatch(sku -> sku.startsWith("KIT-"));
    }

    @Test
    void aProductWithoutReviewsHasAnEmptyList() {
        assertThat(get("/products/%s/reviews".formatted(newProduct(1)))).isEmpty();
    }

    @Test
    void restocksOncePerKey() {
        Sku sku = newProduct(5);

        JsonNode first = body(
                restock(sku, "key-" + sku, "{\"quantity\":7}").expectStatus().isOk());
        JsonNode repeated = body(
                restock(sku, "key-" + sku, "{\"quantity\":7}").expectStatus().isOk());

        assertThat(first.get("onHand").asLong()).isEqualTo(12);
        assertThat(repeated).isEqualTo(first);
        assertThat(get("/products/%s/stock".formatted(sku))).isEqualTo(first);
        restock(sku, "key-" + sku, "{\"quantity\":8}").expectStatus().isEqualTo(422);
        assertThat(jdbc.sql("select quantity from restocks where sku = ?")
                        .param(sku.value())
                        .query(Long.class)
                        .list())
                .containsExactly(7L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{\"quantity\":0}          | quantity", "{\"quantity\":1,\"b\":2}  | b"})
    void invalidRestocksAreRejectedWithTheFieldName(String body, String field) {
        Sku sku = newProduct(5);

        JsonNode problem = body(restock(sku, "bad-" + sku, body).expectStatus().isBadRequest());

        assertThat(problem.at("/errors/0/field").asString()).isEqualTo(field);
        assertThat(get("/products/%s/stock".formatted(sku)).get("onHand").asLong())
                .isEqualTo(5);
        restock(sku, "bad-" + sku, "{\"quantity\":1}").expectStatus().isOk();
    }

    @Test
    void restockRequiresAKeyAKnownProductAndJson() {
        Sku sku = newProduct(5);
        JsonNode problem = body(http.post()
                .uri("/products/{sku}/restock", sku)
                .contentType(MediaType.APPLICATION_JSON)
                .body("{\"quantity\":1}")
                .exchange()
                .expectStatus()
                .isBadRequest());
        assertThat(problem.at("/errors/0/field").asString()).isEqualTo("Idempotency-Key");

        restock(sku, "k".repeat(10_000), "{\"quantity\":1}").expectStatus().isBadRequest();
        restock(new Sku("NOWHERE"), "nowhere", "{\"quantity\":1}")
                .expectStatus()
                .isNotFound();
        restock(sku, "broken", "{\"quantity\":").expectStatus().isBadRequest();
        http.post()
                .uri("/products/{sku}/restock", sku)
                .header("Idempotency-Key", "xml")
                .contentType(MediaType.APPLICATION_XML)
                .body("<quantity>1</quantity>")
                .exchange()
                .expectStatus()
                .isEqualTo(415);
        assertThat(get("/products/%s/stock".formatted(sku)).get("onHand").asLong())
                .isEqualTo(5);
    }

    @Test
    void returnsTheReservationsOfAnOrderAndOfAProduct() {
        Sku sku = newProduct(100);
        Sku other = newProduct(100);
        List<OrderId> orders = Stream.generate(InventoryIntegrationTest::newOrder)
                .limit(5)
                .sorted()
                .toList();
        for (OrderId order : orders) {
            kafka.send(new ReserveInventory(order, List.of(new OrderLine(other, 1), new OrderLine(sku, 2))));
            awaitReplies(order, 1);
        }
        kafka.send(new CommitReservation(orders.get(0)));
        kafka.send(new ReleaseInventory(orders.get(1)));
        awaitReplies(orders.get(0), 2);
        awaitReplies(orders.get(1), 2);

        assertThat(get("/reservations/" + orders.get(1)).toString())
                .isEqualTo(
                        "{\"orderId\":\"%s\",\"state\":\"RELEASED\",\"lines\":[{\"sku\":\"%s\",\"quantity\":2},{\"sku\":\"%s\",\"quantity\":1}]}"
                                .formatted(orders.get(1), sku, other));
        List<String> seen = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = get("/products/%s/reservations?limit=2%s".formatted(sku, after));
            page.get("reservations")
                    .forEach(each -> seen.add(each.get("orderId").asString() + " "
                            + each.get("quantity").asInt() + " "
                            + each.get("state").asString()));
            after = page.has("next") ? "&after=" + page.get("next").asString() : "";
        } while (!after.isEmpty());
        assertThat(seen)
                .containsExactly(
                        orders.get(4) + " 2 RESERVED",
                        orders.get(3) + " 2 RESERVED",
                        orders.get(2) + " 2 RESERVED",
                        orders.get(1) + " 2 RELEASED",
                        orders.get(0) + " 2 SHIPPED");
    }

    @Test
    void anOrderWithoutReservationIsNotFound() {
        http.get().uri("/reservations/" + newOrder()).exchange().expectStatus().isNotFound();
    }

    @Test
    void changesAPrice() {
        Sku sku = newProduct(5);

        JsonNode product = body(price(sku, "{\"amount\":\"12.50\",\"currency\":\"EUR\"}")
                .expectStatus()
                .isOk());

        assertThat(product.at("/price/amount").asString()).isEqualTo("12.50");
        assertThat(product.get("version").asLong()).isEqualTo(2);
        assertThat(get("/products/" + sku)).isEqualTo(product);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"amount\":\"0.00\",\"currency\":\"EUR\"}  | 400 | amount",
                "{\"amount\":\"1.00\",\"currency\":\"USD\"}  | 422 | currency"
            })
    void invalidPricesAreRejectedWithTheFieldName(String body, int status, String field) {
        Sku sku = newProduct(5);

        JsonNode problem = body(price(sku, body).expectStatus().isEqualTo(status));

        assertThat(problem.at("/errors/0/field").asString()).isEqualTo(field);
        assertThat(get("/products/" + sku).get("version").asLong()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "/products?limit=0, limit",
        "/products/details?limit=1&limit=2, limit",
        "/products/KIT-001/reservations?after=17, after",
        "/reservations/17, orderId",
        "/products/KIT-001';drop table products/details, sku"
    })
    void invalidQueriesAreRejectedWithTheParameterName(String path, String field) {
        JsonNode problem = body(http.get().uri(path).exchange().expectStatus().isBadRequest());
        assertThat(problem.at("/errors/0/field").asString()).isEqualTo(field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/reviews", "/stock", "/details", "/reservations"})
    void anUnknownProductIsNotFound(String part) {
        http.get().uri("/products/NOWHERE" + part).exchange().expectStatus().isNotFound();
    }

    private ResponseSpec restock(Sku sku, String key, String body) {
        return http.post()
                .uri("/products/{sku}/restock", sku)
                .header("Idempotency-Key", key)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange();
    }

    private ResponseSpec price(Sku sku, String body) {
        return http.put()
                .uri("/products/{sku}/price", sku)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange();
    }

    private JsonNode get(String path) {
        return body(http.get().uri(path).exchange().expectStatus().isOk());
    }

    private static JsonNode body(ResponseSpec response) {
        return response.expectBody(JsonNode.class).returnResult().getResponseBody();
    }
}
