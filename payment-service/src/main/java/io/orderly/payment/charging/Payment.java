package io.orderly.payment.charging;

import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.SagaStep;
import io.orderly.contracts.payment.ChargePayment;
import io.orderly.contracts.reply.ChargeCaptured;
import io.orderly.contracts.reply.ChargeReversed;
import io.orderly.contracts.reply.StepDeclined;
import io.orderly.contracts.reply.StepRefused;
import io.orderly.contracts.reply.StepReply;
import io.orderly.kit.entities.AssignedIdEntity;
import io.orderly.payment.charging.ProviderAnswer.Charged;
import io.orderly.payment.charging.ProviderAnswer.Declined;
import io.orderly.payment.charging.ProviderAnswer.Refunded;
import io.orderly.payment.charging.ProviderAnswer.Voided;
import io.orderly.payment.ledger.Account;
import io.orderly.payment.ledger.Transfer;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.jspecify.annotations.Nullable;

/**
 * The payment of an order, and the rules by which it changes. A rule changes this payment only; the resulting transfers
 * and replies are returned as a {@link Decision}.
 *
 * <p>Every transaction that changes a stored payment holds its row lock, so there is no version column.
 *
 * <p>An open payment is not claimed before its due time. The database's clock computes that time, because several
 * instances compare it: the entity sets it as an offset from now.
 */
@Entity
@Table(name = "payments")
public class Payment extends AssignedIdEntity<UUID> {

    private static final String ID_PREFIX = "pay-";

    @Id
    private UUID orderId;

    @Enumerated(EnumType.STRING)
    private PaymentState state;

    @Column(updatable = false)
    private @Nullable String customerId;

    @Column(updatable = false)
    private @Nullable BigDecimal amount;

    @Column(updatable = false)
    private @Nullable String currency;

    @Enumerated(EnumType.STRING)
    private Decline.@Nullable Reason declineReason;

    private @Nullable String declineDetail;

    private int attempts;

    /** Milliseconds from now until the payment is due; null if it is settled. */
    @Column(name = "due_at", columnDefinition = "timestamptz")
    @ColumnTransformer(
            read = "cast(extract(epoch from due_at - now()) * 1000 as bigint)",
            write = "now() + ? * interval '1 ms'")
    private @Nullable Long dueInMillis;

    /** Read-only, for queries. */
    @Column(name = "due_at", insertable = false, updatable = false)
    private @Nullable Instant dueAt;

    /**
     * Mapped to {@code settled_at}: writing true sets the column to the database's current time, writing false sets it
     * to null.
     */
    @Column(name = "settled_at", columnDefinition = "timestamptz")
    @ColumnTransformer(read = "settled_at is not null", write = "case when ? then now() end")
    private boolean settled;

    @Column(name = "settled_at", insertable = false, updatable = false)
    private @Nullable Instant settledAt;

    @Column(insertable = false, updatable = false)
    private @Nullable Instant createdAt;

    protected Payment() {}

    /**
     * A new payment, which is due immediately if it is open.
     *
     * @param charge null if the refund arrived before its charge; then the state is {@code VOIDING}, {@code VOIDED} or
     *     {@code REFUNDED}
     * @param decline null unless the state is {@code DECLINED}
     * @throws IllegalArgumentException if the state requires an argument that is missing, or does not allow one that is
     *     present
     */
    Payment(OrderId orderId, PaymentState state, @Nullable Charge charge, @Nullable Decline decline) {
        if (charge == null
                && state != PaymentState.VOIDING
                && state != PaymentState.VOIDED
                && state != PaymentState.REFUNDED) {
            throw new IllegalArgumentException("a payment that is " + state + " must have a charge");
        }
        if ((decline != null) != (state == PaymentState.DECLINED)) {
            throw new IllegalArgumentException("a payment must have a decline reason if and only if it is declined");
        }
        this.orderId = orderId.value();
        this.state = state;
        if (charge != null) {
            this.customerId = charge.customerId().value();
            this.amount = charge.amount().amount();
            this.currency = charge.amount().currency();
        }
        if (decline != null) {
            this.declineReason = decline.reason();
            this.declineDetail = decline.detail();
        }
        this.dueInMillis = state.isOpen() ? 0L : null;
        this.settled = !state.isOpen();
    }

    public OrderId orderId() {
        return new OrderId(orderId);
    }

    public PaymentState state() {
        return state;
    }

    /** Null if the refund arrived before its charge. */
    public @Nullable Charge charge() {
        return customerId == null || amount == null || currency == null
                ? null
                : new Charge(new CustomerId(customerId), new Money(amount, currency));
    }

    /** Null unless the state is {@code DECLINED}. */
    public @Nullable Decline decline() {
        return declineReason == null || declineDetail == null ? null : new Decline(declineReason, declineDetail);
    }

    /**
     * The number of attempts in the current open state, or in the last one if the payment is settled; 0 if the provider
     * was certainly not asked.
     */
    int attempts() {
        return attempts;
    }

    /** Null until it is stored. */
    @Nullable Instant createdAt() {
        return createdAt;
    }

    /** Null while the payment is open, and until it is stored. */
    @Nullable Instant settledAt() {
        return settledAt;
    }

    /** The idempotency key at the provider, and the payment's id in messages to the saga. */
    public String id() {
        return idOf(orderId());
    }

    /** @see #id() */
    public static String idOf(OrderId orderId) {
        return ID_PREFIX + orderId;
    }

    /** The order whose payment has this id; empty if the id was not generated by this service. */
    public static Optional<OrderId> orderOf(String id) {
        try {
            return id.startsWith(ID_PREFIX)
                    ? Optional.of(OrderId.of(id.substring(ID_PREFIX.length())))
                    : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /**
     * @param account the account of the customer; its balance does not change until the transfers are posted
     * @param limit the highest amount of a charge, in the currency of the account
     */
    static Decision charge(ChargePayment command, Account account, BigDecimal limit) {
        var amount = command.amount();
        var charge = new Charge(command.customerId(), amount);
        if (!account.hasCurrency(amount.currency())) {
            return declined(
                    command.orderId(),
                    charge,
                    new Decline(
                            Decline.Reason.CURRENCY_NOT_HELD,
                            "The account is kept in " + account.balance().currency() + ", not in "
                                    + amount.currency()));
        }
        if (amount.amount().compareTo(limit) > 0) {
            return declined(
                    command.orderId(),
                    charge,
                    new Decline(
                            Decline.Reason.CHARGE_LIMIT_EXCEEDED,
                            "%s is above the limit of %s".formatted(amount, limit.toPlainString())));
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
                List.of(declineReply(orderId, decline)));
    }

    /** A refund whose charge has not arrived. The charge may still arrive, so the provider is told to refuse it. */
    static Decision refundBeforeCharge(OrderId orderId) {
        return Decision.withoutEffects(new Payment(orderId, PaymentState.VOIDING, null, null));
    }

    Decision refund() {
        return switch (state) {
            case INTENDED -> reopen(PaymentState.VOIDING);
            case CHARGED -> reopen(PaymentState.REFUNDING);
            case DECLINED, VOIDED -> new Decision(this, List.of(), List.of(new ChargeReversed(orderId(), null)));
            case REFUNDED -> {
                var charge = charge();
                yield new Decision(
                        this,
                        List.of(),
                        List.of(new ChargeReversed(orderId(), charge == null ? null : charge.amount())));
            }
            case VOIDING, REFUNDING -> Decision.withoutEffects(this);
        };
    }

    /** Opens the payment for a reversal, which the provider has not been asked for yet. */
    private Decision reopen(PaymentState open) {
        state = open;
        attempts = 0;
        dueInMillis = 0L;
        settled = false;
        return Decision.withoutEffects(this);
    }

    /**
     * Applies an answer of the provider.
     *
     * @param answer may be late or repeated; an answer that does not settle the current state changes nothing
     */
    Decision apply(ProviderAnswer answer) {
        if (!state.isSettledBy(answer)) {
            return Decision.withoutEffects(this);
        }
        return switch (state) {
            case INTENDED ->
                switch (answer) {
                    case Charged() -> captured();
                    case Declined(var detail) -> declinedByProvider(detail);
                    // Caused by an operator at the provider, because this service has received no refund command.
                    case Voided(), Refunded() -> declinedByProvider("The charge was reversed at the provider");
                };
            case VOIDING -> answer instanceof Refunded ? refundedUnknownCapture() : voided();
            case REFUNDING -> refunded();
            case CHARGED, DECLINED, VOIDED, REFUNDED -> throw new IllegalStateException(this + " is settled");
        };
    }

    private Decision captured() {
        var amount = Objects.requireNonNull(charge()).amount();
        settle(PaymentState.CHARGED);
        return new Decision(
                this,
                List.of(Transfer.capture(orderId(), amount)),
                List.of(new ChargeCaptured(orderId(), id(), amount)));
    }

    private Decision declinedByProvider(String detail) {
        var decline = new Decline(Decline.Reason.DECLINED_BY_PROVIDER, detail);
        settle(PaymentState.DECLINED);
        declineReason = decline.reason();
        declineDetail = decline.detail();
        return new Decision(this, release(), List.of(declineReply(orderId(), decline)));
    }

    private Decision voided() {
        settle(PaymentState.VOIDED);
        return new Decision(this, release(), withRefusalOfCharge(new ChargeReversed(orderId(), null)));
    }

    /**
     * The charge reached the provider before its reversal. Without a charge here there is nothing to post, because the
     * ledger has no record of the amount.
     */
    private Decision refundedUnknownCapture() {
        settle(PaymentState.REFUNDED);
        var charge = charge();
        return charge == null
                ? new Decision(this, List.of(), List.of(new ChargeReversed(orderId(), null)))
                : new Decision(
                        this,
                        List.of(Transfer.capture(orderId(), charge.amount()), refundOf(charge)),
                        withRefusalOfCharge(new ChargeReversed(orderId(), charge.amount())));
    }

    private Decision refunded() {
        settle(PaymentState.REFUNDED);
        var charge = Objects.requireNonNull(charge());
        return new Decision(this, List.of(refundOf(charge)), List.of(new ChargeReversed(orderId(), charge.amount())));
    }

    private Transfer refundOf(Charge charge) {
        return Transfer.refund(orderId(), charge.customerId(), charge.amount());
    }

    private List<Transfer> release() {
        var charge = charge();
        return charge == null ? List.of() : List.of(Transfer.release(orderId(), charge.customerId(), charge.amount()));
    }

    /** A charge whose reversal arrived first is also answered, so that every command has a reply. */
    private List<StepReply> withRefusalOfCharge(ChargeReversed reversed) {
        return customerId == null
                ? List.of(reversed)
                : List.of(
                        new StepRefused(
                                orderId(),
                                SagaStep.CHARGE_PAYMENT,
                                "ALREADY_COMPENSATED",
                                "The charge was reversed before its outcome was known"),
                        reversed);
    }

    private static StepReply declineReply(OrderId orderId, Decline decline) {
        return new StepDeclined(
                orderId, SagaStep.CHARGE_PAYMENT, decline.reason().name(), decline.detail());
    }

    private void settle(PaymentState end) {
        state = end;
        dueInMillis = null;
        settled = true;
    }

    /**
     * Claims the payment: the caller calls the provider, and other instances wait until the claim expires.
     *
     * @throws IllegalStateException if the payment is settled
     */
    void claim(Duration claim) {
        requireOpen();
        attempts++;
        dueInMillis = claim.toMillis();
    }

    /**
     * Releases the claim.
     *
     * @param attempts the number of attempts so far; the current one is not counted if no request was sent
     * @param delay the delay before the payment may be claimed again
     * @throws IllegalStateException if the payment is settled
     */
    void postpone(int attempts, Duration delay) {
        requireOpen();
        this.attempts = attempts;
        this.dueInMillis = delay.toMillis();
    }

    private void requireOpen() {
        if (!state.isOpen()) {
            throw new IllegalStateException(this + " is settled");
        }
    }

    @Override
    public UUID getId() {
        return orderId;
    }

    @Override
    public String toString() {
        return id() + " (" + state + ")";
    }
}
