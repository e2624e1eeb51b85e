package io.orderly.payment.charging;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.SagaStep;
import io.orderly.contracts.payment.ChargePayment;
import io.orderly.contracts.reply.ChargeCaptured;
import io.orderly.contracts.reply.ChargeReversed;
import io.orderly.contracts.reply.StepDeclined;
import io.orderly.contracts.reply.StepRefused;
import io.orderly.contracts.reply.StepReply;
import io.orderly.payment.charging.ProviderAnswer.Charged;
import io.orderly.payment.charging.ProviderAnswer.Declined;
import io.orderly.payment.charging.ProviderAnswer.Refunded;
import io.orderly.payment.charging.ProviderAnswer.Voided;
import io.orderly.payment.ledger.Account;
import io.orderly.payment.ledger.Transfer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The payment of an order, and the rules by which it changes. Every rule is a pure function: it says what follows and does
 * nothing.
 *
 * @param charge null if a refund came before its charge; then the state is {@code VOIDING}, or what that leads to
 * @param decline null unless {@code DECLINED}
 */
public record Payment(
        OrderId orderId,
        PaymentState state,
        @Nullable Charge charge,
        @Nullable Decline decline) {

    private static final String ID_PREFIX = "pay-";

    public Payment {
        if (charge == null
                && state != PaymentState.VOIDING
                && state != PaymentState.VOIDED
                && state != PaymentState.REFUNDED) {
            throw new IllegalArgumentException("a payment that is " + state + " has a charge");
        }
        if ((decline != null) != (state == PaymentState.DECLINED)) {
            throw new IllegalArgumentException("a payment has a reason if, and only if, it is declined");
        }
    }

    /** The idempotency key at the provider, and the name by which the saga knows the payment. */
    public String id() {
        return idOf(orderId);
    }

    /** @see #id() */
    public static String idOf(OrderId orderId) {
        return ID_PREFIX + orderId;
    }

    /** The order whose payment has this id; empty if it is none of ours. */
    public static Optional<OrderId> orderOf(String id) {
        try {
            return id.startsWith(ID_PREFIX)
                    ? Optional.of(OrderId.of(id.substring(ID_PREFIX.length())))
                    : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** @param account the account of the customer who is to be charged */
    static Decision charge(ChargePayment command, Account account) {
        var amount = command.amount();
        var charge = new Charge(command.customerId(), amount);
        if (!account.keeps(amount.currency())) {
            return declined(
                    command.orderId(),
                    charge,
                    new Decline(
                            Decline.Reason.CURRENCY_NOT_HELD,
                            "The account is kept in " + account.balance().currency() + ", not in "
                                    + amount.currency()));
        }
        if (!account.covers(amount)) {
            return declined(
                    command.orderId(),
                    charge,
                    new Decline(Decline.Reason.INSUFFICIENT_FUNDS, "The account does not cover " + amount));
        }
        return new Decision(
                new Payment(command.orderId(), PaymentState.INTENDED, charge, null),
                List.of(Transfer.hold(command.orderId(), command.customerId(), amount)),
                List.of());
    }

    private static Decision declined(OrderId orderId, Charge charge, Decline decline) {
        return new Decision(
                new Payment(orderId, PaymentState.DECLINED, charge, decline),
                List.of(),
                List.of(declination(orderId, decline)));
    }

    /** A refund whose charge was never seen. It may still be on its way, so the provider is told to refuse it. */
    static Decision refundBeforeCharge(OrderId orderId) {
        return Decision.nothing(new Payment(orderId, PaymentState.VOIDING, null, null));
    }

    Decision refund() {
        return switch (state) {
            case INTENDED -> Decision.nothing(become(PaymentState.VOIDING));
            case CHARGED -> Decision.nothing(become(PaymentState.REFUNDING));
            case DECLINED, VOIDED -> new Decision(this, List.of(), List.of(new ChargeReversed(orderId, null)));
            case REFUNDED ->
                new Decision(
                        this, List.of(), List.of(new ChargeReversed(orderId, charge == null ? null : charge.amount())));
            case VOIDING, REFUNDING -> Decision.nothing(this);
        };
    }

    /** @param answer may come late or twice; what it cannot tell any more changes nothing */
    Decision answered(ProviderAnswer answer) {
        return switch (state) {
            case INTENDED ->
                switch (answer) {
                    case Charged() -> captured();
                    case Declined(var detail) -> declinedByProvider(detail);
                    // Only an operator at the provider can have done that, since no refund has come here.
                    case Voided(), Refunded() -> declinedByProvider("The charge was reversed at the provider");
                };
            case VOIDING ->
                switch (answer) {
                    // The charge's own answer; what becomes of it is for the reversal to say.
                    case Charged() -> Decision.nothing(this);
                    case Declined _, Voided() -> voided();
                    case Refunded() -> refunded();
                };
            case REFUNDING ->
                switch (answer) {
                    case Charged() -> Decision.nothing(this);
                    case Declined _, Voided(), Refunded() -> refunded();
                };
            case CHARGED, DECLINED, VOIDED, REFUNDED -> Decision.nothing(this);
        };
    }

    private Decision captured() {
        var amount = Objects.requireNonNull(charge).amount();
        return new Decision(
                become(PaymentState.CHARGED),
                List.of(Transfer.capture(orderId, amount)),
                List.of(new ChargeCaptured(orderId, id(), amount)));
    }

    private Decision declinedByProvider(String detail) {
        var decline = new Decline(Decline.Reason.DECLINED_BY_PROVIDER, detail);
        return new Decision(
                new Payment(orderId, PaymentState.DECLINED, charge, decline),
                released(),
                List.of(declination(orderId, decline)));
    }

    private Decision voided() {
        return new Decision(
                become(PaymentState.VOIDED), released(), withRefusedCharge(new ChargeReversed(orderId, null)));
    }

    /** Without a charge there is nothing that could be posted: the money was none that this ledger knows of. */
    private Decision refunded() {
        var refunded = become(PaymentState.REFUNDED);
        if (charge == null) {
            return new Decision(refunded, List.of(), List.of(new ChargeReversed(orderId, null)));
        }
        var refund = Transfer.refund(orderId, charge.customerId(), charge.amount());
        var reversed = new ChargeReversed(orderId, charge.amount());
        return state == PaymentState.VOIDING
                ? new Decision(
                        refunded,
                        List.of(Transfer.capture(orderId, charge.amount()), refund),
                        withRefusedCharge(reversed))
                : new Decision(refunded, List.of(refund), List.of(reversed));
    }

    private List<Transfer> released() {
        return charge == null ? List.of() : List.of(Transfer.release(orderId, charge.customerId(), charge.amount()));
    }

    /** A charge that its reversal overtook gets its answer too, so that no command stays without one. */
    private List<StepReply> withRefusedCharge(ChargeReversed reversed) {
        return charge == null
                ? List.of(reversed)
                : List.of(
                        new StepRefused(
                                orderId,
                                SagaStep.CHARGE_PAYMENT,
                                "ALREADY_COMPENSATED",
                                "The charge was undone before its outcome was known"),
                        reversed);
    }

    private static StepReply declination(OrderId orderId, Decline decline) {
        return new StepDeclined(
                orderId, SagaStep.CHARGE_PAYMENT, decline.reason().name(), decline.detail());
    }

    private Payment become(PaymentState next) {
        return new Payment(orderId, next, charge, null);
    }
}
