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
 * The payment of an order, and the rules by which it changes. A rule changes this payment only; the transfers and replies that
 * follow from it are returned in a {@link Decision}.
 *
 * <p>Every transaction that changes a stored payment holds its row lock, so there is no version.
 *
 * <p>An open payment is not taken up before its due time. Several instances compare that time, so it is computed by the
 * database's clock: an entity sets it as a distance from now.
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

    /** Null unless open. */
    @Column(name = "due_at", columnDefinition = "timestamptz")
    @ColumnTransformer(
            read = "cast(extract(epoch from due_at - now()) * 1000 as bigint)",
            write = "now() + ? * interval '1 ms'")
    private @Nullable Long dueInMillis;

    /** For queries. */
    @Column(name = "due_at", insertable = false, updatable = false)
    private @Nullable Instant dueAt;

    /** Set by the database's clock whenever a settled payment is written, which happens once each time it is settled. */
    @Column(name = "settled_at", columnDefinition = "timestamptz")
    @ColumnTransformer(read = "settled_at is not null", write = "case when ? then now() end")
    private boolean settled;

    @Column(name = "settled_at", insertable = false, updatable = false)
    private @Nullable Instant settledAt;

    @Column(insertable = false, updatable = false)
    private @Nullable Instant createdAt;

    protected Payment() {}

    /**
     * A new payment. An open one is due at once.
     *
     * @param charge null if a refund came before its charge; then the state is {@code VOIDING}, or what that leads to
     * @param decline null unless {@code DECLINED}
     * @throws IllegalArgumentException if a payment in this state needs what is missing, or must not have what is given
     */
    Payment(OrderId orderId, PaymentState state, @Nullable Charge charge, @Nullable Decline decline) {
        if (charge == null
                && state != PaymentState.VOIDING
                && state != PaymentState.VOIDED
                && state != PaymentState.REFUNDED) {
            throw new IllegalArgumentException("a payment that is " + state + " has a charge");
        }
        if ((decline != null) != (state == PaymentState.DECLINED)) {
            throw new IllegalArgumentException("a payment has a reason if, and only if, it is declined");
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

    /** Null if a refund came before its charge. */
    public @Nullable Charge charge() {
        return customerId == null || amount == null || currency == null
                ? null
                : new Charge(new CustomerId(customerId), new Money(amount, currency));
    }

    /** Null unless it is {@code DECLINED}. */
    public @Nullable Decline decline() {
        return declineReason == null || declineDetail == null ? null : new Decline(declineReason, declineDetail);
    }

    /** How often the provider was to be asked for what the present or last open state needs; 0: certainly never. */
    int attempts() {
        return attempts;
    }

    /** Null until it is stored. */
    @Nullable Instant createdAt() {
        return createdAt;
    }

    /** Null while it is open, and until it is stored. */
    @Nullable Instant settledAt() {
        return settledAt;
    }

    /** The idempotency key at the provider, and the name by which the saga knows the payment. */
    public String id() {
        return idOf(orderId());
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

    /** @param account the account of the customer who is to be charged; it does not change before the transfers are posted */
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
        return Decision.silent(new Payment(orderId, PaymentState.VOIDING, null, null));
    }

    Decision refund() {
        return switch (state) {
            case INTENDED -> reopened(PaymentState.VOIDING);
            case CHARGED -> reopened(PaymentState.REFUNDING);
            case DECLINED, VOIDED -> new Decision(this, List.of(), List.of(new ChargeReversed(orderId(), null)));
            case REFUNDED -> {
                var charge = charge();
                yield new Decision(
                        this,
                        List.of(),
                        List.of(new ChargeReversed(orderId(), charge == null ? null : charge.amount())));
            }
            case VOIDING, REFUNDING -> Decision.silent(this);
        };
    }

    /** The provider has not been asked to undo it yet. */
    private Decision reopened(PaymentState open) {
        state = open;
        attempts = 0;
        dueInMillis = 0L;
        settled = false;
        return Decision.silent(this);
    }

    /** @param answer may come late or twice; what it cannot tell any more changes nothing */
    Decision answered(ProviderAnswer answer) {
        if (!state.isSettledBy(answer)) {
            return Decision.silent(this);
        }
        return switch (state) {
            case INTENDED ->
                switch (answer) {
                    case Charged() -> captured();
                    case Declined(var detail) -> declinedByProvider(detail);
                    // Only an operator at the provider can have done that, since no refund has come here.
                    case Voided(), Refunded() -> declinedByProvider("The charge was reversed at the provider");
                };
            case VOIDING -> answer instanceof Refunded ? captureUndone() : voided();
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
        return new Decision(this, released(), List.of(declination(orderId(), decline)));
    }

    private Decision voided() {
        settle(PaymentState.VOIDED);
        return new Decision(this, released(), withRefusedCharge(new ChargeReversed(orderId(), null)));
    }

    /**
     * The charge had reached the provider before its reversal did. Without a charge here there is nothing that could be posted:
     * the ledger never knew of the money.
     */
    private Decision captureUndone() {
        settle(PaymentState.REFUNDED);
        var charge = charge();
        return charge == null
                ? new Decision(this, List.of(), List.of(new ChargeReversed(orderId(), null)))
                : new Decision(
                        this,
                        List.of(Transfer.capture(orderId(), charge.amount()), refundOf(charge)),
                        withRefusedCharge(new ChargeReversed(orderId(), charge.amount())));
    }

    private Decision refunded() {
        settle(PaymentState.REFUNDED);
        var charge = Objects.requireNonNull(charge());
        return new Decision(this, List.of(refundOf(charge)), List.of(new ChargeReversed(orderId(), charge.amount())));
    }

    private Transfer refundOf(Charge charge) {
        return Transfer.refund(orderId(), charge.customerId(), charge.amount());
    }

    private List<Transfer> released() {
        var charge = charge();
        return charge == null ? List.of() : List.of(Transfer.release(orderId(), charge.customerId(), charge.amount()));
    }

    /** A charge that its reversal overtook gets its answer too, so that no command stays without one. */
    private List<StepReply> withRefusedCharge(ChargeReversed reversed) {
        return customerId == null
                ? List.of(reversed)
                : List.of(
                        new StepRefused(
                                orderId(),
                                SagaStep.CHARGE_PAYMENT,
                                "ALREADY_COMPENSATED",
                                "The charge was undone before its outcome was known"),
                        reversed);
    }

    private static StepReply declination(OrderId orderId, Decline decline) {
        return new StepDeclined(
                orderId, SagaStep.CHARGE_PAYMENT, decline.reason().name(), decline.detail());
    }

    private void settle(PaymentState end) {
        state = end;
        dueInMillis = null;
        settled = true;
    }

    /**
     * Claims it: the caller sets out to ask the provider, and no other does before the claim has run out.
     *
     * @throws IllegalStateException if it is settled
     */
    void takeUp(Duration claim) {
        requireOpen();
        attempts++;
        dueInMillis = claim.toMillis();
    }

    /**
     * Gives the claim back.
     *
     * @param attempts without this one if the provider was certainly not asked
     * @param rest until it may be taken up again
     * @throws IllegalStateException if it is settled
     */
    void postpone(int attempts, Duration rest) {
        requireOpen();
        this.attempts = attempts;
        this.dueInMillis = rest.toMillis();
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
