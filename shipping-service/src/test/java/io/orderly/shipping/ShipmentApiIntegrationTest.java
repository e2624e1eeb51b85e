package io.orderly.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.shipping.CancelShipment;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

/** The HTTP API, including invalid requests. */
class ShipmentApiIntegrationTest extends ShippingIntegrationTest {

    @Test
    void aShipmentIsShownWithItsCapacity() {
        OrderId order = newOrder();
        kafka.send(schedule(order, "LU"));
        awaitReplies(order, 1);

        JsonNode shipment = body(get("/shipments/" + order).expectStatus().isOk());
        assertThat(shipment.get("orderId").asString()).isEqualTo(order.toString());
        assertThat(shipment.at("/address/city").asString()).isEqualTo("東京");
        assertThat(shipment.get("state").asString()).isEqualTo("SCHEDULED");

        JsonNode days = body(get("/capacity?region=LU").expectStatus().isOk());
        assertThat(days).hasSize(HORIZON_DAYS);
        assertThat(days.at("/0/day")).isEqualTo(shipment.get("shipsOn"));
        assertThat(days.at("/0/slots").asInt()).isEqualTo(5);
        assertThat(days.at("/0/booked").asInt()).isEqualTo(1);

        kafka.send(new CancelShipment(order));
        awaitReplies(order, 2);
        assertThat(body(get("/shipments/" + order)).get("state").asString()).isEqualTo("CANCELLED");
        assertThat(body(get("/capacity?region=LU")).at("/0/booked").asInt()).isZero();
    }

    @Test
    void shipmentsAreListedByStateDayAndRegionNewestOrderFirst() {
        List<OrderId> orders = Stream.generate(ShippingIntegrationTest::newOrder)
                .limit(5)
                .sorted()
                .toList();
        for (OrderId order : orders) {
            kafka.send(schedule(order, "BE"));
            awaitReplies(order, 1);
        }
        kafka.send(new CancelShipment(orders.get(1)));
        awaitReplies(orders.get(1), 2);
        JsonNode newest = body(get("/shipments/" + orders.getLast()));

        assertThat(pages("/shipments?region=BE&limit=2")).containsExactlyElementsOf(texts(orders.reversed()));
        assertThat(pages("/shipments?region=BE&state=CANCELLED&limit=2"))
                .containsExactly(orders.get(1).toString());
        assertThat(pages("/shipments?region=BE&state=SCHEDULED&limit=2"))
                .hasSize(4)
                .doesNotContain(orders.get(1).toString());
        assertThat(pages("/shipments?state=CANCELLED&limit=2"))
                .contains(orders.get(1).toString())
                .doesNotContain(orders.get(0).toString());
        String day = newest.get("shipsOn").asString();
        assertThat(pages("/shipments?limit=2&day=" + day)).containsSubsequence(texts(orders.reversed()));
        assertThat(pages("/shipments?region=BE&limit=2&day=" + day))
                .containsExactlyElementsOf(texts(orders.reversed()));
        assertThat(pages("/shipments?region=BE&limit=2&day=2020-02-29")).isEmpty();
        assertThat(body(get("/shipments?limit=1&region=BE")).at("/shipments/0")).isEqualTo(newest);
    }

    private List<String> pages(String query) {
        List<String> orders = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = body(get(query + after).expectStatus().isOk());
            assertThat(page.get("shipments").size()).isLessThanOrEqualTo(2);
            page.get("shipments")
                    .forEach(shipment -> orders.add(shipment.get("orderId").asString()));
            after = page.has("next") ? "&after=" + page.get("next").asString() : "";
        } while (!after.isEmpty());
        return orders;
    }

    private static List<String> texts(List<OrderId> orders) {
        return orders.stream().map(OrderId::toString).toList();
    }

    @Test
    void daysWithoutBookingsAreFree() {
        JsonNode days = body(get("/capacity?region=DK").expectStatus().isOk());
        assertThat(days).hasSize(HORIZON_DAYS).allSatisfy(day -> {
            assertThat(day.get("slots").asInt()).isEqualTo(10_000);
            assertThat(day.get("booked").asInt()).isZero();
        });
    }

    @Test
    void anOrderWithoutShipmentIsNotFound() {
        get("/shipments/" + newOrder()).expectStatus().isNotFound();
    }

    @ParameterizedTest
    @CsvSource({
        "/shipments/1, orderId",
        "/shipments/00000000-0000-0000-0000-00000000000x, orderId",
        "/capacity, region",
        "/capacity?region=AQ, region",
        "/capacity?region=DE'--, region",
        "/capacity?region=, region",
        "/shipments?limit=0, limit",
        "/shipments?limit=201, limit",
        "/shipments?limit=, limit",
        "/shipments?state=LOST, state",
        "/shipments?state=, state",
        "/shipments?day=tomorrow, day",
        "/shipments?day=2026-02-30, day",
        "/shipments?day=+10000-01-01, day",
        "/shipments?day=-0001-01-01, day",
        "/shipments?day=, day",
        "/shipments?region=de, region",
        "/shipments?region=, region",
        "/shipments?after=17, after",
        "/shipments?after=, after",
        "/capacity?region=DE&region=LU, region",
        "/capacity?region=DE&day=1, day"
    })
    void anInvalidQueryIsRejectedWithTheNameOfTheField(String path, String field) {
        JsonNode problem = body(get(path).expectStatus().isBadRequest());
        assertThat(problem.at("/errors/0/field").asString()).isEqualTo(field);
    }

    private ResponseSpec get(String path) {
        return http.get().uri(path).exchange();
    }

    private static JsonNode body(ResponseSpec response) {
        return response.expectBody(JsonNode.class).returnResult().getResponseBody();
    }
}
