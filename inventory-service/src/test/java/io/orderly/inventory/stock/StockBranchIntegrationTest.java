package io.orderly.inventory.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Sku;
import io.orderly.inventory.InventoryIntegrationTest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Stock in a distributed transaction, as its manager sees it. */
class StockBranchIntegrationTest extends InventoryIntegrationTest {

    private static final String BRANCHES = "/anti-patterns/distributed-transaction/branches";

    @Test
    void shipsWhenItIsCommitted() {
        Sku sku = newProduct(5);
        OrderId order = newOrder();

        assertThat(vote(order, sku, 2)).isEqualTo("PREPARED");
        assertThat(stock(sku)).isEqualTo("5 0 0");
        tell(order, "commit");
        tell(order, "commit");

        assertThat(stock(sku)).isEqualTo("3 0 2");
        assertThat(jdbc.sql("select state from reservations where order_id = ?")
                        .param(order.value())
                        .query(String.class)
                        .list())
                .containsExactly("SHIPPED");
    }

    @Test
    void takesNothingWhenItIsRolledBackAlsoIfItComesLate() {
        Sku sku = newProduct(5);
        OrderId order = newOrder();

        assertThat(vote(order, sku, 2)).isEqualTo("PREPARED");
        tell(order, "rollback");
        assertThat(vote(order, sku, 2)).isEqualTo("CONTENDED");

        assertThat(stock(sku)).isEqualTo("5 0 0");
        assertThat(inDoubt()).isEmpty();
    }

    @Test
    void saysNoToMoreThanThereIs() {
        Sku sku = newProduct(1);
        OrderId order = newOrder();

        assertThat(vote(order, sku, 2)).isEqualTo("DECLINED OUT_OF_STOCK");
        assertThat(vote(order, new Sku("NO-SUCH"), 1)).isEqualTo("DECLINED UNKNOWN_SKU");
        assertThat(inDoubt()).isEmpty();
    }

    @Test
    void holdsOthersUpWhileItIsInDoubt() {
        Sku hot = newProduct(10);
        Sku other = newProduct(10);
        OrderId first = newOrder();
        OrderId second = newOrder();
        assertThat(vote(first, hot, 1)).isEqualTo("PREPARED");

        assertThat(vote(second, hot, 1)).isEqualTo("CONTENDED");
        OrderId elsewhere = newOrder();
        assertThat(vote(elsewhere, other, 1)).isEqualTo("PREPARED");
        assertThat(inDoubt()).hasSize(2);
        assertThat(inDoubt().get(0).get("transaction").asString()).isEqualTo(first.toString());
        assertThat(inDoubt().get(0).get("locks").toString()).contains("stock");

        tell(first, "commit");
        tell(elsewhere, "commit");
        OrderId third = newOrder();
        assertThat(vote(third, hot, 1)).isEqualTo("PREPARED");
        tell(third, "commit");
        assertThat(stock(hot)).isEqualTo("8 0 2");
    }

    @Test
    void refusesAPathThatNamesAnotherTransactionThanTheBody() {
        Sku sku = newProduct(5);
        OrderId order = newOrder();

        http.put()
                .uri(BRANCHES + "/" + newOrder())
                .contentType(MediaType.APPLICATION_JSON)
                .body(Map.of(
                        "orderId", order.toString(), "lines", new Object[] {Map.of("sku", sku.value(), "quantity", 1)}))
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("orderId");

        assertThat(inDoubt()).isEmpty();
    }

    private String vote(OrderId order, Sku sku, int quantity) {
        JsonNode vote = json(http.put()
                .uri(BRANCHES + "/" + order)
                .contentType(MediaType.APPLICATION_JSON)
                .body(Map.of("orderId", order.toString(), "lines", new Object[] {
                    Map.of("sku", sku.value(), "quantity", quantity)
                }))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
        return (vote.get("vote").asString() + " " + vote.path("reason").asString("")).strip();
    }

    private void tell(OrderId order, String verdict) {
        http.post()
                .uri(BRANCHES + "/" + order + "/" + verdict)
                .exchange()
                .expectStatus()
                .isNoContent();
    }

    private JsonNode inDoubt() {
        return json(http.get()
                .uri(BRANCHES)
                .exchange()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
    }

    private String stock(Sku sku) {
        return jdbc.sql("select on_hand || ' ' || reserved || ' ' || shipped from stock where sku = ?")
                .param(sku.value())
                .query(String.class)
                .single();
    }

    private static JsonNode json(String text) {
        return new JsonMapper().readTree(text);
    }
}
