package io.orderly.payment.charging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.SagaStep;
import io.orderly.contracts.payment.ChargePayment;
import io.orderly.contracts.reply.ChargeCaptured;
import io.orderly.contracts.reply.ChargeReversed;
import io.orderly.contracts.reply.StepDeclined;
import io.orderly.contracts.reply.StepRefused;
import io.orderly.payment.ledger.Account;
import io.orderly.payment.ledger.Transfer;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PaymentTest {

    private static final OrderId ORDER = OrderId.of("0199f2c8-7c00-7000-8000-000000000001");
    private static final CustomerId ALICE = new CustomerId("alice");
    private static final Money PRICE = Money.euros("30.00");
    private static final BigDecimal LIMIT = PRICE.amount();
    private static final Charge CHARGE = new Charge(ALICE, PRICE);
    private static final ChargePayment COMMAND = new ChargePayment(ORDER, ALICE, PRICE);
    private static final String ID = "pay-" + ORDER;
    private static final Duration CLAIM = Duration.ofSeconds(10);

    private static final ProviderAnswer CHARGED = new ProviderAnswer.Charged();
    private static final ProviderAnswer DECLINED = new ProviderAnswer.Declined("card_expired");
    private static final ProviderAnswer VOIDED = new ProviderAnswer.Voided();
    private static final ProviderAnswer REFUNDED = new ProviderAnswer.Refunded();

    @Test
    void aChargeHoldsTheAmountAndDefersTheReply() {
        var decision = Payment.charge(COMMAND, accountWith("30.00"), LIMIT);

        assertThat(decision.payment()).usingRecursiveComparison().isEqualTo(in(PaymentState.INTENDED));
        assertThat(decision.transfers()).containsExactly(Transfer.hold(ORDER, ALICE, PRICE));
        assertThat(decision.replies()).isEmpty();
    }

    @Test
    void aChargeAboveTheBalanceIsDeclinedImmediatelyWithoutTransfers() {
        var decision = Payment.charge(COMMAND, accountWith("29.99"), LIMIT);

        assertThat(decision.payment().state()).isEqualTo(PaymentState.DECLINED);
        assertThat(decision.transfers()).isEmpty();
        assertThat(decision.replies())
                .containsExactly(new StepDeclined(
                        ORDER, SagaStep.CHARGE_PAYMENT, "INSUFFICIENT_FUNDS", "The account does not cover 30.00 EUR"));
    }

    @Test
    void aChargeAboveTheLimitIsDeclinedImmediatelyWithoutTransfers() {
        var decision = Payment.charge(COMMAND, accountWith("1000.00"), new BigDecimal("29.99"));

        assertThat(decision.payment().state()).isEqualTo(PaymentState.DECLINED);
        assertThat(decision.transfers()).isEmpty();
        assertThat(decision.replies())
                .containsExactly(new StepDeclined(
                        ORDER,
                        SagaStep.CHARGE_PAYMENT,
                        "CHARGE_LIMIT_EXCEEDED",
                        "30.00 EUR is above the limit of 29.99"));
    }

    @Test
    void aChargeInAnotherCurrencyIsDeclined() {
        var command = new ChargePayment(ORDER, ALICE, new Money(PRICE.amount(), "USD"));

        var decision = Payment.charge(command, accountWith("1000.00"), LIMIT);

        assertThat(decision.payment().state()).isEqualTo(PaymentState.DECLINED);
        assertThat(decision.transfers()).isEmpty();
        assertThat(decision.replies())
                .containsExactly(new StepDeclined(
                        ORDER, SagaStep.CHARGE_PAYMENT, "CURRENCY_NOT_HELD", "The account is kept in EUR, not in USD"));
    }

    @Test
    void aCapturedChargeIsPostedAndReplied() {
        var decision = in(PaymentState.INTENDED).apply(CHARGED);

        assertThat(decision.payment()).usingRecursiveComparison().isEqualTo(in(PaymentState.CHARGED));
        assertThat(decision.transfers()).containsExactly(Transfer.capture(ORDER, PRICE));
        assertThat(decision.replies()).containsExactly(new ChargeCaptured(ORDER, ID, PRICE));
    }

    @Test
    void aDeclineByTheProviderReleasesTheHold() {
        var decision = in(PaymentState.INTENDED).apply(DECLINED);

        assertThat(decision.payment().state()).isEqualTo(PaymentState.DECLINED);
        assertThat(decision.transfers()).containsExactly(Transfer.release(ORDER, ALICE, PRICE));
        assertThat(decision.replies())
                .containsExactly(
                        new StepDeclined(ORDER, SagaStep.CHARGE_PAYMENT, "DECLINED_BY_PROVIDER", "card_expired"));
    }

    @Test
    void aChargeReversedByAnOperatorOfTheProviderIsDeclined() {
        for (var answer : new ProviderAnswer[] {VOIDED, REFUNDED}) {
            var decision = in(PaymentState.INTENDED).apply(answer);

            assertThat(decision.payment().state()).isEqualTo(PaymentState.DECLINED);
            assertThat(decision.transfers()).containsExactly(Transfer.release(ORDER, ALICE, PRICE));
            assertThat(decision.replies()).hasSize(1).first().isInstanceOf(StepDeclined.class);
        }
    }

    @Test
    void aRefundOfACapturedChargeIsPostedAndReplied() {
        var refunding = in(PaymentState.CHARGED).refund();
        assertThat(refunding).usingRecursiveComparison().isEqualTo(Decision.withoutEffects(in(PaymentState.REFUNDING)));

        var refunded = refunding.payment().apply(REFUNDED);

        assertThat(refunded.payment()).usingRecursiveComparison().isEqualTo(in(PaymentState.REFUNDED));
        assertThat(refunded.transfers()).containsExactly(Transfer.refund(ORDER, ALICE, PRICE));
        assertThat(refunded.replies()).containsExactly(new ChargeReversed(ORDER, PRICE));
    }

    @Test
    void aRefundOfAnOpenChargeThatWasNotCapturedReleasesTheHold() {
        var voided = in(PaymentState.INTENDED).refund().payment().apply(VOIDED);

        assertThat(voided.payment()).usingRecursiveComparison().isEqualTo(in(PaymentState.VOIDED));
        assertThat(voided.transfers()).containsExactly(Transfer.release(ORDER, ALICE, PRICE));
        assertThat(voided.replies()).hasSize(2);
        assertThat(voided.replies().getFirst())
                .isInstanceOfSatisfying(
                        StepRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo("ALREADY_COMPENSATED"));
        assertThat(voided.replies().getLast()).isEqualTo(new ChargeReversed(ORDER, null));
    }

    @Test
    void aRefundOfAnOpenChargeThatWasCapturedPostsCaptureAndRefund() {
        var refunded = in(PaymentState.VOIDING).apply(REFUNDED);

        assertThat(refunded.payment()).usingRecursiveComparison().isEqualTo(in(PaymentState.REFUNDED));
        assertThat(refunded.transfers())
                .containsExactly(Transfer.capture(ORDER, PRICE), Transfer.refund(ORDER, ALICE, PRICE));
        assertThat(refunded.replies().getLast()).isEqualTo(new ChargeReversed(ORDER, PRICE));
    }

    @Test
    void aLateAnswerToAChargeThatIsBeingReversedChangesNothing() {
        assertThat(in(PaymentState.VOIDING).apply(CHARGED))
                .usingRecursiveComparison()
                .isEqualTo(Decision.withoutEffects(in(PaymentState.VOIDING)));
        assertThat(in(PaymentState.REFUNDING).apply(CHARGED))
                .usingRecursiveComparison()
                .isEqualTo(Decision.withoutEffects(in(PaymentState.REFUNDING)));
    }

    @Test
    void aRefundBeforeItsChargeVoidsTheKeyAndRepliesWithoutAnAmount() {
        var voiding = Payment.refundBeforeCharge(ORDER).payment();
        assertThat(voiding).usingRecursiveComparison().isEqualTo(new Payment(ORDER, PaymentState.VOIDING, null, null));

        var voided = voiding.apply(VOIDED);

        assertThat(voided.payment().state()).isEqualTo(PaymentState.VOIDED);
        assertThat(voided.transfers()).isEmpty();
        assertThat(voided.replies()).containsExactly(new ChargeReversed(ORDER, null));
    }

    @Test
    void aRefundOfADeclinedChargeIsRepliedWithoutTransfers() {
        var declined = in(PaymentState.INTENDED).apply(DECLINED).payment();

        assertThat(declined.refund())
                .usingRecursiveComparison()
                .isEqualTo(new Decision(
                        new Payment(
                                ORDER,
                                PaymentState.DECLINED,
                                CHARGE,
                                new Decline(Decline.Reason.DECLINED_BY_PROVIDER, "card_expired")),
                        List.of(),
                        List.of(new ChargeReversed(ORDER, null))));
    }

    @ParameterizedTest
    @EnumSource(
            value = PaymentState.class,
            names = {"CHARGED", "VOIDED", "REFUNDED"})
    void aSettledPaymentIgnoresLaterAnswers(PaymentState state) {
        for (var answer : new ProviderAnswer[] {CHARGED, DECLINED, VOIDED, REFUNDED}) {
            assertThat(in(state).apply(answer))
                    .usingRecursiveComparison()
                    .isEqualTo(Decision.withoutEffects(in(state)));
        }
    }

    @Test
    void anInconsistentPaymentIsRejected() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Payment(ORDER, PaymentState.CHARGED, null, null));
        assertThatIllegalArgumentException().isThrownBy(() -> new Payment(ORDER, PaymentState.DECLINED, CHARGE, null));
    }

    @Test
    void aClaimCountsAsAnAttemptUnlessItIsReleasedWithoutARequest() {
        var payment = in(PaymentState.INTENDED);

        payment.claim(CLAIM);
        payment.claim(CLAIM);
        assertThat(payment.attempts()).isEqualTo(2);
        payment.postpone(1, CLAIM);

        assertThat(payment.attempts()).isEqualTo(1);
        assertThat(SettlementAttempt.of(payment, null))
                .isEqualTo(new SettlementAttempt(ORDER, PaymentState.INTENDED, CHARGE, 1, null));
    }

    @Test
    void aReversalRestartsTheCountOfAttempts() {
        var payment = in(PaymentState.INTENDED);
        payment.claim(CLAIM);

        assertThat(payment.refund())
                .usingRecursiveComparison()
                .isEqualTo(Decision.withoutEffects(in(PaymentState.VOIDING)));
    }

    @ParameterizedTest
    @EnumSource(
            value = PaymentState.class,
            names = {"CHARGED", "VOIDED", "REFUNDED"})
    void aSettledPaymentCannotBeClaimed(PaymentState state) {
        assertThatIllegalStateException().isThrownBy(() -> in(state).claim(CLAIM));
        assertThatIllegalStateException().isThrownBy(() -> in(state).postpone(1, CLAIM));
    }

    private static Payment in(PaymentState state) {
        return new Payment(ORDER, state, CHARGE, null);
    }

    private static Account accountWith(String balance) {
        return new Account(ALICE, Money.euros(balance));
    }
}
