package io.orderly.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.shipping.CancelShipment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

/** The API as its clients see it, what they get wrong included. */
class HttpIntegrationTest extends ShippingIntegrationTest {

    @Test
    void showsAShipment() {
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
    void daysThatNobodyHasBookedYetAreFree() {
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
        "/capacity?region=, region",
        "/capacity?region=DE&region=LU, region",
        "/capacity?region=DE&day=1, day",
        "/capacity?region=DE'--, region"
    })
    void badQueriesNameTheField(String path, String field) {
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
