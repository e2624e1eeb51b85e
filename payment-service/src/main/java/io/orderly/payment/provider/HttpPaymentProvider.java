package io.orderly.payment.provider;

import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.payment.charging.Charge;
import io.orderly.payment.charging.Payment;
import io.orderly.payment.charging.PaymentProvider;
import io.orderly.payment.charging.ProviderAnswer;
import io.orderly.payment.charging.ProviderUnavailableException;
import io.orderly.payment.charging.RequestRefusedException;
import io.orderly.payment.provider.ProviderApi.ChargeBody;
import io.orderly.payment.provider.ProviderApi.PaymentBody;
import io.orderly.payment.provider.ProviderApi.Status;
import io.orderly.payment.reconciliation.ProviderBook;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClientException;

/** Translates between the provider's API and the domain model of this service. */
@Component
final class HttpPaymentProvider implements PaymentProvider, ProviderBook {

    private final ProviderApi api;

    HttpPaymentProvider(ProviderApi api) {
        this.api = api;
    }

    @Override
    public ProviderAnswer charge(OrderId orderId, Charge charge) {
        var body = new ChargeBody(
                charge.customerId().value(),
                charge.amount().amount().toPlainString(),
                charge.amount().currency(),
                orderId.toString());
        return answerOf(call(() -> api.charge(Payment.idOf(orderId), body)));
    }

    @Override
    public ProviderAnswer reverse(OrderId orderId) {
        return answerOf(call(() -> api.reverse(Payment.idOf(orderId))));
    }

    @Override
    public Optional<ProviderAnswer> find(OrderId orderId) {
        return lookUp(orderId).map(HttpPaymentProvider::answerOf);
    }

    @Override
    public Page page(long after, int limit) {
        var page = call(() -> api.book(after, limit));
        return new Page(
                page.payments().stream().map(HttpPaymentProvider::entryOf).toList(), page.next(), page.more());
    }

    @Override
    public Optional<Entry> entry(OrderId orderId) {
        return lookUp(orderId).map(HttpPaymentProvider::entryOf);
    }

    private Optional<PaymentBody> lookUp(OrderId orderId) {
        return call(() -> {
            try {
                return Optional.of(api.find(Payment.idOf(orderId)));
            } catch (HttpClientErrorException.NotFound _) {
                return Optional.empty();
            }
        });
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

    private static ProviderAnswer answerOf(PaymentBody payment) {
        return switch (payment.status()) {
            case CHARGED -> new ProviderAnswer.Charged();
            case DECLINED -> new ProviderAnswer.Declined(reasonOf(payment));
            case VOIDED -> new ProviderAnswer.Voided();
            case REFUNDED -> new ProviderAnswer.Refunded();
            case AUTHORIZED ->
                throw new IllegalStateException("a charge cannot be AUTHORIZED, but payment " + payment.key() + " is");
        };
    }

    private static String reasonOf(PaymentBody payment) {
        return payment.reason() == null ? "No reason was given" : payment.reason();
    }

    private static Entry entryOf(PaymentBody payment) {
        var amount = payment.amount();
        var currency = payment.currency();
        boolean captured = payment.status() == Status.CHARGED && amount != null && currency != null;
        return new Entry(
                payment.key(), payment.status() == Status.AUTHORIZED, captured ? new Money(amount, currency) : null);
    }
}
