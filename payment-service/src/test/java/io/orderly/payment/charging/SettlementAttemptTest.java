package io.orderly.payment.charging;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SettlementAttemptTest {

    private static final OrderId ORDER = OrderId.of("0199f2c8-7c00-7000-8000-000000000001");
    private static final Charge CHARGE = new Charge(new CustomerId("alice"), Money.euros("30.00"));

    private final Recorder provider = new Recorder();

    @Test
    void aFirstChargeIsSentWithoutALookup() {
        assertThat(attempt(PaymentState.INTENDED).execute(provider, false)).isInstanceOf(ProviderAnswer.Charged.class);
        assertThat(provider.calls).containsExactly("charge");
    }

    @Test
    void aChargeWhoseOutcomeIsUnknownIsLookedUpFirst() {
        provider.known = new ProviderAnswer.Declined("no");

        assertThat(attempt(PaymentState.INTENDED).execute(provider, true)).isEqualTo(provider.known);
        assertThat(provider.calls).containsExactly("find");
    }

    @Test
    void aChargeUnknownToTheProviderIsSent() {
        assertThat(attempt(PaymentState.INTENDED).execute(provider, true)).isInstanceOf(ProviderAnswer.Charged.class);
        assertThat(provider.calls).containsExactly("find", "charge");
    }

    @Test
    void aReversalThatTheProviderHasNotExecutedIsSentAgain() {
        provider.known = new ProviderAnswer.Charged();

        assertThat(attempt(PaymentState.REFUNDING).execute(provider, true)).isInstanceOf(ProviderAnswer.Refunded.class);
        assertThat(provider.calls).containsExactly("find", "reverse");
    }

    @Test
    void aReversalThatTheProviderHasExecutedIsNotSentAgain() {
        provider.known = new ProviderAnswer.Voided();

        assertThat(attempt(PaymentState.VOIDING).execute(provider, true)).isEqualTo(provider.known);
        assertThat(provider.calls).containsExactly("find");
    }

    private static SettlementAttempt attempt(PaymentState state) {
        return new SettlementAttempt(ORDER, state, CHARGE, 1, null);
    }

    private static final class Recorder implements PaymentProvider {

        private final List<String> calls = new ArrayList<>();
        private @Nullable ProviderAnswer known;

        @Override
        public ProviderAnswer charge(OrderId orderId, Charge charge) {
            calls.add("charge");
            return new ProviderAnswer.Charged();
        }

        @Override
        public ProviderAnswer reverse(OrderId orderId) {
            calls.add("reverse");
            return new ProviderAnswer.Refunded();
        }

        @Override
        public Optional<ProviderAnswer> find(OrderId orderId) {
            calls.add("find");
            return Optional.ofNullable(known);
        }
    }
}
