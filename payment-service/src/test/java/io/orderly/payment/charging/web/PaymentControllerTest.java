package io.orderly.payment.charging.web;

import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.payment.WebSlice;
import io.orderly.payment.charging.Charge;
import io.orderly.payment.charging.Decline;
import io.orderly.payment.charging.PaymentDetails;
import io.orderly.payment.charging.PaymentFilter;
import io.orderly.payment.charging.PaymentLists;
import io.orderly.payment.charging.PaymentState;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Window;
import org.springframework.http.MediaType;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.web.context.WebApplicationContext;

@SpringBootTest(classes = {WebSlice.class, PaymentController.class})
class PaymentControllerTest {

    private static final OrderId ORDER = OrderId.of("0199f2c8-7c00-7000-8000-000000000001");
    private static final OrderId OLDER = OrderId.of("0199f2c8-7c00-7000-8000-000000000000");
    private static final CustomerId ALICE = new CustomerId("alice");
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @MockitoBean
    PaymentLists payments;

    private RestTestClient http;

    @BeforeEach
    void connect(@Autowired WebApplicationContext context) {
        http = RestTestClient.bindToApplicationContext(context).build();
    }

    @Test
    void aDeclinedPaymentIsShownWithItsReason() {
        var decline = new Decline(Decline.Reason.DECLINED_BY_PROVIDER, "card_expired");
        when(payments.find(ORDER))
                .thenReturn(Optional.of(new PaymentDetails(
                        ORDER, PaymentState.DECLINED, charge(), decline, 2, NOON, NOON.plusSeconds(1))));

        get("/payments/" + ORDER).expectStatus().isOk().expectBody().json("""
                {"orderId":"0199f2c8-7c00-7000-8000-000000000001","paymentId":"pay-0199f2c8-7c00-7000-8000-000000000001",
                 "state":"DECLINED","customerId":"alice","amount":{"amount":"30.00","currency":"EUR"},
                 "declined":{"reason":"DECLINED_BY_PROVIDER","detail":"card_expired"},"attempts":2,
                 "createdAt":"2026-11-23T12:00:00Z","settledAt":"2026-11-23T12:00:01Z"}""");
    }

    @Test
    void anUnknownPaymentIsAProblemWithStatus404() {
        when(payments.find(ORDER)).thenReturn(Optional.empty());

        get("/payments/" + ORDER)
                .expectStatus()
                .isNotFound()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("/problems/not-found")
                .jsonPath("$.detail")
                .isEqualTo("There is no payment for order " + ORDER + ".");
    }

    @Test
    void aPageThatIsNotTheLastHasACursor() {
        when(payments.newestFirst(new PaymentFilter(ALICE, PaymentState.CHARGED, ORDER), 1))
                .thenReturn(page(true, OLDER));

        get("/payments?customer=alice&state=CHARGED&limit=1&after=" + ORDER)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.payments.length()")
                .isEqualTo(1)
                .jsonPath("$.next")
                .isEqualTo(OLDER.toString());
    }

    @Test
    void theLastPageHasNoCursor() {
        when(payments.newestFirst(new PaymentFilter(null, null, null), 50)).thenReturn(page(false, ORDER, OLDER));

        get("/payments")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.payments[0].orderId")
                .isEqualTo(ORDER.toString())
                .jsonPath("$.payments[1].orderId")
                .isEqualTo(OLDER.toString())
                .jsonPath("$.next")
                .doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "/payments/17, orderId",
        "/payments?limit=0, limit",
        "/payments?limit=201, limit",
        "/payments?limit=x, limit",
        "/payments?state=LOST, state",
        "/payments?state=, state",
        "/payments?customer=, customer",
        "/payments?customer=%20alice, customer",
        "/payments?after=17, after",
        "/payments?limt=1, limt"
    })
    void anInvalidParameterIsAProblemThatNamesIt(String path, String parameter) {
        get(path)
                .expectStatus()
                .isBadRequest()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("/problems/invalid-request")
                .jsonPath("$.errors[0].field")
                .isEqualTo(parameter);
        verifyNoInteractions(payments);
    }

    private static Window<PaymentDetails> page(boolean hasNext, OrderId... orders) {
        var details = List.of(orders).stream()
                .map(order -> new PaymentDetails(order, PaymentState.CHARGED, charge(), null, 1, NOON, NOON))
                .toList();
        return Window.from(details, _ -> ScrollPosition.keyset(), hasNext);
    }

    private static Charge charge() {
        return new Charge(ALICE, Money.euros("30.00"));
    }

    private RestTestClient.ResponseSpec get(String path) {
        return http.get().uri(URI.create(path)).exchange();
    }
}
