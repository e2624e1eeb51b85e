package io.orderly.antipatterns.twophasecommit.payment;

import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.orderly.antipatterns.twophasecommit.InDoubtBranch;
import io.orderly.antipatterns.twophasecommit.Participant;
import io.orderly.antipatterns.twophasecommit.TransactionBranches;
import io.orderly.antipatterns.twophasecommit.Vote;
import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.payment.ChargePayment;
import io.orderly.kit.unitofwork.UnitOfWork;
import io.orderly.kit.web.ProblemException;
import io.orderly.kit.web.ProblemType;
import io.orderly.payment.charging.Charge;
import io.orderly.payment.charging.Decline;
import io.orderly.payment.charging.ProviderGuard;
import io.orderly.payment.charging.ProviderUnavailableException;
import io.orderly.payment.ledger.Account;
import io.orderly.payment.ledger.Accounts;
import io.orderly.payment.ledger.Ledger;
import io.orderly.payment.ledger.Transfer;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Primary;

/**
 * The payment-service's branch of a distributed transaction. The provider does not support prepared transactions, but
 * it can hold an amount: the authorization is requested before the branch is prepared, and captured or voided after the
 * decision. Each authorization is recorded before it is requested, so that it can be resolved after a crash.
 */
@Primary
final class PaymentBranch implements Participant {

    private static final Logger log = LoggerFactory.getLogger(PaymentBranch.class);

    private static final String ADD_CHARGED = """
            insert into payments (order_id, state, customer_id, amount, currency, attempts, settled_at)
            values (?, 'CHARGED', ?, ?, ?, 0, now())""";

    private final TransactionBranches branches;
    private final Authorizations authorizations;
    private final AuthorizingProvider provider;
    private final ProviderGuard guard;
    private final Accounts accounts;
    private final UnitOfWork unitOfWork;
    private final Ledger ledger;

    PaymentBranch(
            TransactionBranches branches,
            Authorizations authorizations,
            AuthorizingProvider provider,
            ProviderGuard guard,
            Accounts accounts,
            UnitOfWork unitOfWork,
            Ledger ledger) {
        this.branches = branches;
        this.authorizations = authorizations;
        this.provider = provider;
        this.guard = guard;
        this.accounts = accounts;
        this.unitOfWork = unitOfWork;
        this.ledger = ledger;
    }

    /** Holds the amount at the provider, and prepares to post it to the account. */
    Vote prepare(ChargePayment command) {
        OrderId order = command.orderId();
        if (!authorizations.begin(order)) {
            return new Vote.Contended("the branch is being prepared or was prepared before");
        }
        Vote vote = authorize(command).orElseGet(() -> branches.prepare(order, () -> post(command)));
        if (!(vote instanceof Vote.Prepared)) {
            tryVoid(order);
        }
        return vote;
    }

    /** @return the vote if the amount is not held; empty if it is held */
    private Optional<Vote> authorize(ChargePayment command) {
        var charge = new Charge(command.customerId(), command.amount());
        try {
            return guard.call(() -> provider.authorize(command.orderId(), charge))
                    .map(decline -> new Vote.Declined(decline.reason().name(), decline.detail()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(new Vote.Unavailable("the service is stopping"));
        } catch (Exception e) {
            log.debug("It is unknown whether the provider holds the amount of order {}", command.orderId(), e);
            return Optional.of(new Vote.Unavailable("the payment provider did not answer"));
        }
    }

    /** The same transfers as in a saga, posted at once: hold and capture. */
    private Vote post(ChargePayment command) {
        CustomerId customer = command.customerId();
        Money amount = command.amount();
        Account account =
                Objects.requireNonNull(accounts.lock(List.of(customer)).get(customer));
        if (!account.hasCurrency(amount.currency())) {
            return declined(
                    Decline.Reason.CURRENCY_NOT_HELD,
                    "The account is kept in " + account.balance().currency() + ", not in " + amount.currency());
        }
        if (!account.covers(amount)) {
            return declined(Decline.Reason.INSUFFICIENT_FUNDS, "The account does not cover " + amount);
        }
        OrderId order = command.orderId();
        ledger.post(List.of(Transfer.hold(order, customer, amount), Transfer.capture(order, amount)));
        unitOfWork.write(ADD_CHARGED, order.value(), customer.value(), amount.amount(), amount.currency());
        return new Vote.Prepared();
    }

    private static Vote declined(Decline.Reason reason, String detail) {
        return new Vote.Declined(reason.name(), detail);
    }

    /** Commits the branch first, so that the account is unlocked before the provider is called. */
    @Override
    public void commit(OrderId transaction) {
        branches.commit(transaction);
        resolve(transaction, provider::capture);
    }

    @Override
    public void rollback(OrderId transaction) {
        branches.rollback(transaction);
        resolve(transaction, provider::voidAuthorization);
    }

    private void resolve(OrderId order, Consumer<OrderId> providerCall) {
        if (!authorizations.isOpen(order)) {
            return;
        }
        try {
            guard.call(() -> {
                providerCall.accept(order);
                return order;
            });
        } catch (ProviderUnavailableException
                | TimeoutException
                | CallNotPermittedException
                | BulkheadFullException e) {
            throw new ProblemException(
                    ProblemType.UNAVAILABLE, "The payment provider did not answer. Try again in a moment.");
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        authorizations.end(order);
    }

    /** A failure leaves the authorization recorded, and recovery of the transaction manager resolves it. */
    private void tryVoid(OrderId order) {
        try {
            resolve(order, provider::voidAuthorization);
        } catch (RuntimeException e) {
            log.debug("The amount of order {} may still be held at the provider", order, e);
        }
    }

    @Override
    public List<InDoubtBranch> inDoubt() {
        return Stream.concat(branches.inDoubt().stream(), authorizations.open().stream())
                .sorted(Comparator.comparing(InDoubtBranch::since))
                .toList();
    }
}
