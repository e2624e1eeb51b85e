package io.orderly.payment.charging.web;

import static io.orderly.kit.testing.ProblemAssert.assertInvalidRequest;
import static io.orderly.kit.testing.ProblemAssert.assertNotFound;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.kit.testing.ControllerSlice;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Window;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@WebMvcTest(PaymentController.class)
@Import(ControllerSlice.class)
class PaymentControllerTest {

    private static final OrderId ORDER = OrderId.of("0199f2c8-7c00-7000-8000-000000000001");
    private static final OrderId OLDER = OrderId.of("0199f2c8-7c00-7000-8000-000000000000");
    private static final CustomerId ALICE = new CustomerId("alice");
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @Autowired
    MockMvcTester http;

    @MockitoBean
    PaymentLists payments;

    @Test
    void aDeclinedPaymentIsShownWithItsReason() {
        var decline = new Decline(Decline.Reason.DECLINED_BY_PROVIDER, "card_expired");
        when(payments.find(ORDER))
                .thenReturn(Optional.of(new PaymentDetails(
                        ORDER, PaymentState.DECLINED, charge(), decline, 2, NOON, NOON.plusSeconds(1))));

        MvcTestResult result = get("/payments/" + ORDER);

        assertThat(result).hasStatusOk();
        assertThat(result).bodyJson().isStrictlyEqualTo("""
                {"orderId":"0199f2c8-7c00-7000-8000-000000000001","paymentId":"pay-0199f2c8-7c00-7000-8000-000000000001",
                 "state":"DECLINED","customerId":"alice","amount":{"amount":"30.00","currency":"EUR"},
                 "declined":{"reason":"DECLINED_BY_PROVIDER","detail":"card_expired"},"attempts":2,
                 "createdAt":"2026-11-23T12:00:00Z","settledAt":"2026-11-23T12:00:01Z"}""");
    }

    @Test
    void anUnknownPaymentIsAProblemWithStatus404() {
        when(payments.find(ORDER)).thenReturn(Optional.empty());

        assertNotFound(get("/payments/" + ORDER), "There is no payment for order " + ORDER + ".");
    }

    @Test
    void aPageThatIsNotTheLastHasACursor() {
        when(payments.newestFirst(new PaymentFilter(ALICE, PaymentState.CHARGED, ORDER), 1))
                .thenReturn(page(true, OLDER));

        MvcTestResult result = get("/payments?customer=alice&state=CHARGED&limit=1&after=" + ORDER);

        assertThat(result).hasStatusOk();
        assertThat(result).bodyJson().extractingPath("$.payments").asArray().hasSize(1);
        assertThat(result).bodyJson().extractingPath("$.next").isEqualTo(OLDER.toString());
    }

    @Test
    void theLastPageHasNoCursor() {
        when(payments.newestFirst(new PaymentFilter(null, null, null), 50)).thenReturn(page(false, ORDER, OLDER));

        MvcTestResult result = get("/payments");

        assertThat(result).hasStatusOk();
        assertThat(result).bodyJson().extractingPath("$.payments[0].orderId").isEqualTo(ORDER.toString());
        assertThat(result).bodyJson().extractingPath("$.payments[1].orderId").isEqualTo(OLDER.toString());
        assertThat(result).bodyJson().doesNotHavePath("$.next");
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
        assertInvalidRequest(get(path), parameter);
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

    private MvcTestResult get(String path) {
        return http.get().uri(URI.create(path)).exchange();
    }
}
