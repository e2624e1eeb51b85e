package io.orderly.antipatterns.twophasecommit.payment;

import io.orderly.antipatterns.twophasecommit.payment.AuthorizationApi.ChargeBody;
import io.orderly.contracts.OrderId;
import io.orderly.payment.charging.Charge;
import io.orderly.payment.charging.Decline;
import io.orderly.payment.charging.Payment;
import io.orderly.payment.charging.ProviderUnavailableException;
import io.orderly.payment.charging.RequestRefusedException;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClientException;

/** Translates between the provider's words and ours. */
final class HttpAuthorizingProvider implements AuthorizingProvider {

    private final AuthorizationApi api;

    HttpAuthorizingProvider(AuthorizationApi api) {
        this.api = api;
    }

    @Override
    public Optional<Decline> authorize(OrderId orderId, Charge charge) {
        var body = new ChargeBody(
                charge.customerId().value(),
                charge.amount().amount().toPlainString(),
                charge.amount().currency(),
                orderId.toString());
        var payment = ask(() -> api.authorize(Payment.idOf(orderId), body));
        return switch (payment.status()) {
            case AUTHORIZED -> Optional.empty();
            case DECLINED -> declined(payment.reason() == null ? "No reason given" : payment.reason());
            case CHARGED, VOIDED, REFUNDED -> declined("The payment is " + payment.status() + " already");
        };
    }

    private static Optional<Decline> declined(String detail) {
        return Optional.of(new Decline(Decline.Reason.DECLINED_BY_PROVIDER, detail));
    }

    @Override
    public void capture(OrderId orderId) {
        ask(() -> api.capture(Payment.idOf(orderId)));
    }

    @Override
    public void giveUp(OrderId orderId) {
        ask(() -> api.giveUp(Payment.idOf(orderId)));
    }

    private static <T> T ask(Supplier<T> question) {
        try {
            return question.get();
        } catch (HttpClientErrorException.TooManyRequests e) {
            throw new ProviderUnavailableException("The provider is busy", e);
        } catch (HttpClientErrorException e) {
            throw new RequestRefusedException("The provider refuses the request: " + e.getMessage(), e);
        } catch (RestClientException e) {
            throw new ProviderUnavailableException("The provider gave no proper answer: " + e.getMessage(), e);
        }
    }
}
