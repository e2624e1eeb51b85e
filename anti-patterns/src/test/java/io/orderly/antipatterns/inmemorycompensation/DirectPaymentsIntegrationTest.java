package io.orderly.antipatterns.inmemorycompensation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.antipatterns.PaymentIntegrationTest;
import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Message;
import io.orderly.contracts.MessageCodec;
import io.orderly.contracts.MessageType;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.payment.ChargePayment;
import io.orderly.contracts.payment.RefundPayment;
import io.orderly.contracts.reply.ChargeCaptured;
import io.orderly.contracts.reply.ChargeReversed;
import io.orderly.contracts.reply.StepDeclined;
import io.orderly.payment.charging.Payment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.EntityExchangeResult;
import org.springframework.test.web.servlet.client.RestTestClient;

/** Direct charges and refunds, which are answered after the provider has answered. */
class DirectPaymentsIntegrationTest extends PaymentIntegrationTest {

    private static final Money AMOUNT = Money.euros("30.00");

    private RestTestClient http;

    @BeforeEach
    void connect(@LocalServerPort int port) {
        http = RestTestClient.bindToServer().baseUrl("http://localhost:" + port).build();
    }

    @Test
    void chargesAndRefundsAreAnsweredAfterTheProvider() {
        OrderId order = newOrder();

        assertThat(charge(order, "direct-1")).isEqualTo(new ChargeCaptured(order, Payment.idOf(order), AMOUNT));
        assertThat(take(new RefundPayment(order))).isEqualTo(new ChargeReversed(order, AMOUNT));
        assertThat(stateOf(order)).isEqualTo("REFUNDED");
    }

    @Test
    void aDeclineOfTheProviderIsReturned() {
        OrderId order = newOrder();

        assertThat(charge(order, "declined")).isInstanceOf(StepDeclined.class);
        assertThat(take(new RefundPayment(order))).isEqualTo(new ChargeReversed(order, null));
    }

    private Message charge(OrderId order, String customer) {
        return take(new ChargePayment(order, new CustomerId(customer), AMOUNT));
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
