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

/** Translates between the provider's words and ours. */
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
        return answerOf(ask(() -> api.charge(Payment.idOf(orderId), body)));
    }

    @Override
    public ProviderAnswer reverse(OrderId orderId) {
        return answerOf(ask(() -> api.reverse(Payment.idOf(orderId))));
    }

    @Override
    public Optional<ProviderAnswer> find(OrderId orderId) {
        return lookUp(orderId).map(HttpPaymentProvider::answerOf);
    }

    @Override
    public Page page(long after, int limit) {
        var page = ask(() -> api.book(after, limit));
        return new Page(
                page.payments().stream().map(HttpPaymentProvider::entryOf).toList(), page.next(), page.more());
    }

    @Override
    public Optional<Entry> entry(OrderId orderId) {
        return lookUp(orderId).map(HttpPaymentProvider::entryOf);
    }

    private Optional<PaymentBody> lookUp(OrderId orderId) {
        return ask(() -> {
            try {
                return Optional.of(api.find(Payment.idOf(orderId)));
            } catch (HttpClientErrorException.NotFound _) {
                return Optional.empty();
            }
        });
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

    private static ProviderAnswer answerOf(PaymentBody payment) {
        return switch (payment.status()) {
            case CHARGED -> new ProviderAnswer.Charged();
            case DECLINED -> new ProviderAnswer.Declined(reasonOf(payment));
            case VOIDED -> new ProviderAnswer.Voided();
            case REFUNDED -> new ProviderAnswer.Refunded();
            case AUTHORIZED ->
                throw new IllegalStateException("a charge is never only authorised, but " + payment.key() + " is");
        };
    }

    private static String reasonOf(PaymentBody payment) {
        return payment.reason() == null ? "No reason given" : payment.reason();
    }

    private static Entry entryOf(PaymentBody payment) {
        var amount = payment.amount();
        var currency = payment.currency();
        boolean taken = payment.status() == Status.CHARGED && amount != null && currency != null;
        return new Entry(
                payment.key(), payment.status() == Status.AUTHORIZED, taken ? new Money(amount, currency) : null);
    }
}
