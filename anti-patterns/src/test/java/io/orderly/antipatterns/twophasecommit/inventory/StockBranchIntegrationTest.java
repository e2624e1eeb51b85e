package io.orderly.antipatterns.twophasecommit.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.uuid.Generators;
import io.orderly.antipatterns.SingleServiceSettings;
import io.orderly.backends.SharedBackends;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.Sku;
import io.orderly.inventory.InventoryServiceApplication;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The stock branch, as seen by the transaction manager. */
@SpringBootTest(
        classes = InventoryServiceApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            SingleServiceSettings.INVENTORY_DEFAULTS,
            SingleServiceSettings.INVENTORY_MIGRATIONS,
            "orderly.distributed-transaction.lock-timeout=300ms"
        })
class StockBranchIntegrationTest {

    private static final Map<String, String> BACKENDS = SharedBackends.springProperties("inventory");
    private static final AtomicInteger PRODUCTS = new AtomicInteger();

    @Autowired
    JdbcClient jdbc;

    RestTestClient http;

    @DynamicPropertySource
    static void backends(DynamicPropertyRegistry registry) {
        BACKENDS.forEach((name, value) -> registry.add(name, () -> value));
    }

    @BeforeEach
    void connect(@LocalServerPort int port) {
        http = RestTestClient.bindToServer().baseUrl("http://localhost:" + port).build();
    }

    /** A product that is not used by other tests. */
    private Sku newProduct(long units) {
        Sku sku = new Sku("TEST-" + PRODUCTS.incrementAndGet());
        jdbc.sql("""
                        insert into products (sku, name, description, category, price, currency)
                        values (?, 'A test', 'For tests only', 'TOYS', 10.00, 'EUR')""").param(sku.value()).update();
        jdbc.sql("insert into stock (sku, seeded, on_hand) values (?, ?, ?)")
                .params(sku.value(), units, units)
                .update();
        return sku;
    }

    private static OrderId newOrder() {
        return new OrderId(Generators.timeBasedEpochGenerator().generate());
    }

    private static final String BRANCHES = "/anti-patterns/distributed-transaction/branches";

    @Test
    void stockIsShippedWhenTheBranchIsCommitted() {
        Sku sku = newProduct(5);
        OrderId order = newOrder();

        assertThat(vote(order, sku, 2)).isEqualTo("PREPARED");
        assertThat(stock(sku)).isEqualTo("5 0 0");
        send(order, "commit");
        send(order, "commit");

        assertThat(stock(sku)).isEqualTo("3 0 2");
        assertThat(jdbc.sql("select state from reservations where order_id = ?")
                        .param(order.value())
                        .query(String.class)
                        .list())
                .containsExactly("SHIPPED");
    }

    @Test
    void aRolledBackBranchTakesNoStockEvenIfPreparedLater() {
        Sku sku = newProduct(5);
        OrderId order = newOrder();

        assertThat(vote(order, sku, 2)).isEqualTo("PREPARED");
        send(order, "rollback");
        assertThat(vote(order, sku, 2)).isEqualTo("CONTENDED");

        assertThat(stock(sku)).isEqualTo("5 0 0");
        assertThat(inDoubt()).isEmpty();
    }

    @Test
    void insufficientStockIsDeclined() {
        Sku sku = newProduct(1);
        OrderId order = newOrder();

        assertThat(vote(order, sku, 2)).isEqualTo("DECLINED OUT_OF_STOCK");
        assertThat(vote(order, new Sku("NO-SUCH"), 1)).isEqualTo("DECLINED UNKNOWN_SKU");
        assertThat(inDoubt()).isEmpty();
    }

    @Test
    void aBranchInDoubtBlocksOthers() {
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

        send(first, "commit");
        send(elsewhere, "commit");
        OrderId third = newOrder();
        assertThat(vote(third, hot, 1)).isEqualTo("PREPARED");
        send(third, "commit");
        assertThat(stock(hot)).isEqualTo("8 0 2");
    }

    @Test
    void aMismatchOfPathAndBodyIsRejected() {
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

    private void send(OrderId order, String verdict) {
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
