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

/** Translates between the provider's API and the domain model of this service. */
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
        var payment = call(() -> api.authorize(Payment.idOf(orderId), body));
        return switch (payment.status()) {
            case AUTHORIZED -> Optional.empty();
            case DECLINED -> declined(payment.reason() == null ? "No reason was given" : payment.reason());
            case CHARGED, VOIDED, REFUNDED -> declined("The payment is already " + payment.status());
        };
    }

    private static Optional<Decline> declined(String detail) {
        return Optional.of(new Decline(Decline.Reason.DECLINED_BY_PROVIDER, detail));
    }

    @Override
    public void capture(OrderId orderId) {
        call(() -> api.capture(Payment.idOf(orderId)));
    }

    @Override
    public void voidAuthorization(OrderId orderId) {
        call(() -> api.voidAuthorization(Payment.idOf(orderId)));
    }

    private static <T> T call(Supplier<T> request) {
        try {
            return request.get();
        } catch (HttpClientErrorException.TooManyRequests e) {
            throw new ProviderUnavailableException("The provider is overloaded", e);
        } catch (HttpClientErrorException e) {
            throw new RequestRefusedException("The provider rejected the request: " + e.getMessage(), e);
        } catch (RestClientException e) {
            throw new ProviderUnavailableException("The provider gave no valid answer: " + e.getMessage(), e);
        }
    }
}
