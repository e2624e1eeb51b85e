package io.orderly.antipatterns.inmemorycompensation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.antipatterns.ShippingIntegrationTest;
import io.orderly.contracts.Message;
import io.orderly.contracts.MessageCodec;
import io.orderly.contracts.MessageType;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.Topic;
import io.orderly.contracts.reply.ShipmentBooked;
import io.orderly.contracts.reply.ShipmentWithdrawn;
import io.orderly.contracts.reply.StepRefused;
import io.orderly.contracts.shipping.CancelShipment;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.EntityExchangeResult;

/** Direct steps, with the same guarantees as in a saga. */
class DirectStepsIntegrationTest extends ShippingIntegrationTest {

    @Test
    void aRepeatedStepIsExecutedOnceAndGetsTheSameReply() {
        OrderId order = newOrder();

        Message first = take(schedule(order, "XI"));

        assertThat(first).isInstanceOf(ShipmentBooked.class);
        assertThat(take(schedule(order, "XI"))).isEqualTo(first);
        assertThat(shipmentsOf(order)).isEqualTo(1);
        assertThat(take(new CancelShipment(order))).isEqualTo(new ShipmentWithdrawn(order));
        assertThat(shipmentsOf(order)).isZero();
    }

    @Test
    void aStepAfterItsCompensationIsRefused() {
        OrderId order = newOrder();

        take(new CancelShipment(order));

        assertThat(take(schedule(order, "XI"))).isInstanceOf(StepRefused.class);
        assertThat(shipmentsOf(order)).isZero();
    }

    @Test
    void repliesAreReturnedToTheCallerOnly() {
        OrderId silent = newOrder();
        OrderId loud = newOrder();

        take(schedule(silent, "XI"));
        kafka.send(schedule(loud, "XI"));

        await().until(() ->
                !kafka.messages(Topic.SAGA_REPLIES.topicName(), loud.toString()).isEmpty());
        assertThat(kafka.messages(Topic.SAGA_REPLIES.topicName(), silent.toString()))
                .isEmpty();
    }

    private Message take(Message command) {
        EntityExchangeResult<byte[]> answer = http.post()
                .uri("/anti-patterns/in-memory-compensation/steps")
                .header("ce-type", MessageType.of(command).name())
                .contentType(MediaType.APPLICATION_JSON)
                .body(MessageCodec.encode(command))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(byte[].class)
                .returnResult();
        return MessageCodec.decode(answer.getResponseHeaders().getFirst("ce-type"), answer.getResponseBody());
    }
}
