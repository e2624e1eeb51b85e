package io.orderly.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.contracts.MessageHeaders;
import io.orderly.contracts.Money;
import io.orderly.contracts.Sku;
import io.orderly.contracts.inventory.ProductChanged;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A customer has seen a change of a product at the inventory-service that the copy of the catalogue may not contain. */
class SessionIntegrationTest extends OrderServiceIntegrationTest {

    private static final String SESSION = "Orderly-Session";
    private static final Sku LAMP = new Sku("SESSION-LAMP");
    private static final Sku CHAIR = new Sku("SESSION-CHAIR");
    private static final Sku DESK = new Sku("SESSION-LATE-DESK");

    @Test
    void anOrderWaitsUntilItIsPricedFromWhatTheCustomerHasSeen() throws Exception {
        sell(LAMP.value(), "20.00", 1);
        long seen = changesSoFar() + 1;

        assertThat(place(LAMP, null).json().at("/total/amount").asString())
                .as("without the token")
                .isEqualTo("20.00");
        var order = CompletableFuture.supplyAsync(() -> place(LAMP, token(seen)));
        kafka.send(new ProductChanged(LAMP, "Lamp", Money.euros("25.00"), 2, seen));

        OrderServiceClient.Response answer = order.get(60, TimeUnit.SECONDS);
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        assertThat(answer.json().at("/total/amount").asString()).isEqualTo("25.00");
        assertThat(answer.header(SESSION)).isEqualTo(token(seen));
        assertThat(place(LAMP, null).header(SESSION))
                .as("what it was priced from")
                .isEqualTo(token(seen));
    }

    @Test
    void aLaterChangeOfAnotherProductDoesNotReplaceAnEarlierOne() {
        sell(CHAIR.value(), "20.00", 1);
        long earlier = changesSoFar() + 1;
        sell(new ProductChanged(new Sku("SESSION-DESK"), "Desk", Money.euros("90.00"), 1, earlier + 1));

        OrderServiceClient.Response refused = place(CHAIR, token(earlier));
        assertThat(refused.status()).as(refused.text()).isEqualTo(503);
        assertThat(refused.json().get("type").asString()).isEqualTo("/problems/behind-session");
        assertThat(refused.header("Retry-After")).isEqualTo("1");

        sell(new ProductChanged(CHAIR, "Chair", Money.euros("25.00"), 2, earlier));
        OrderServiceClient.Response answer = place(CHAIR, token(earlier + 1));
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        assertThat(answer.json().at("/total/amount").asString()).isEqualTo("25.00");
    }

    /** As from a relay that was paused before it sent: recognized by its id or, after that was forgotten, not. */
    @Test
    void aLateVersionAndTheCurrentOneBehindItChangeNothing() {
        sell(DESK.value(), "20.00", 1);
        long seen = changesSoFar() + 2;
        var earlier = new ProductChanged(DESK, "Desk", Money.euros("25.00"), 2, seen - 1);
        var current = new ProductChanged(DESK, "Desk", Money.euros("30.00"), 3, seen);
        Map<String, String> headers = kafka.send(earlier);
        sell(current);

        kafka.send(earlier, headers);
        kafka.send(earlier);
        String last = kafka.send(current).get(MessageHeaders.ID);
        await().until(() -> jdbc.sql("select count(*) from inbox where message_id = ?::uuid")
                        .param(last)
                        .query(Long.class)
                        .single()
                == 1);

        OrderServiceClient.Response answer = place(DESK, token(seen));
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        assertThat(answer.json().at("/total/amount").asString()).isEqualTo("30.00");
        assertThat(changesSoFar()).isEqualTo(seen);
    }

    @Test
    void refusesWhatIsNoToken() {
        OrderServiceClient.Response answer = place(LAMP, "AQAA");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains(SESSION);
    }

    private OrderServiceClient.Response place(Sku sku, @Nullable String token) {
        return api.post("/orders", OrderJson.order("ada", sku.value(), 1), request -> {
            request.header("Idempotency-Key", UUID.randomUUID().toString());
            return token == null ? request : request.header(SESSION, token);
        });
    }

    /** Publishes the change and waits until the order-service has stored it. */
    private void sell(ProductChanged change) {
        kafka.send(change);
        await().until(() -> jdbc.sql("select count(*) from catalogue_products where sku = ? and version >= ?")
                        .params(change.sku().value(), change.version())
                        .query(Long.class)
                        .single()
                == 1);
    }

    private long changesSoFar() {
        return jdbc.sql("select sum(version) from catalogue_products")
                .query(Long.class)
                .single();
    }

    private static String token(long revision) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        ByteBuffer.allocate(9).put((byte) 1).putLong(revision).array());
    }
}
