package io.orderly.payment.charging;

import io.orderly.contracts.CustomerId;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.Topic;
import io.orderly.contracts.payment.ChargePayment;
import io.orderly.contracts.payment.PaymentCommand;
import io.orderly.contracts.payment.RefundPayment;
import io.orderly.contracts.reply.StepReply;
import io.orderly.kit.messaging.TraceParent;
import io.orderly.kit.participant.CommandBatch;
import io.orderly.kit.participant.CommandHandler;
import io.orderly.payment.PaymentProperties;
import io.orderly.payment.ledger.Accounts;
import io.orderly.payment.ledger.Ledger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Handles the saga's commands. A command that can be decided immediately is answered; for all others an intent is
 * committed, and the provider is called after the commit.
 */
@Component
final class PaymentCommandHandler implements CommandHandler<PaymentCommand> {

    private final Payments payments;
    private final Accounts accounts;
    private final Ledger ledger;
    private final SettlementWorker worker;
    private final ChargeLimit chargeLimit;
    private final Duration claim;

    PaymentCommandHandler(
            Payments payments,
            Accounts accounts,
            Ledger ledger,
            SettlementWorker worker,
            ChargeLimit chargeLimit,
            PaymentProperties properties) {
        this.payments = payments;
        this.accounts = accounts;
        this.ledger = ledger;
        this.worker = worker;
        this.chargeLimit = chargeLimit;
        this.claim = properties.claim();
    }

    @Override
    public Topic topic() {
        return Topic.PAYMENT_COMMANDS;
    }

    @Override
    public Class<PaymentCommand> commandType() {
        return PaymentCommand.class;
    }

    /** Locks payments before accounts, in the same order as every other transaction. */
    @Override
    public List<StepReply> handle(CommandBatch<PaymentCommand> batch) {
        var refundedOrders = new ArrayList<OrderId>();
        var chargedCustomers = new LinkedHashSet<CustomerId>();
        for (var command : batch.commands()) {
            switch (command) {
                case RefundPayment refund -> refundedOrders.add(refund.orderId());
                case ChargePayment charge -> chargedCustomers.add(charge.customerId());
            }
        }
        var existing = payments.lock(refundedOrders);
        var chargedAccounts = accounts.lock(chargedCustomers);

        var limit = chargeLimit.now();
        var changed = new LinkedHashMap<OrderId, Payment>();
        var traceParents = new HashMap<OrderId, @Nullable TraceParent>();
        var replies = new ArrayList<StepReply>();
        for (var command : batch.commands()) {
            var orderId = command.orderId();
            var payment = changed.getOrDefault(orderId, existing.get(orderId));
            var decision = switch (command) {
                case ChargePayment charge ->
                    Payment.charge(charge, Objects.requireNonNull(chargedAccounts.get(charge.customerId())), limit);
                case RefundPayment _ -> payment == null ? Payment.refundBeforeCharge(orderId) : payment.refund();
            };
            changed.put(orderId, decision.payment());
            traceParents.put(orderId, batch.traceParent(command));
            ledger.post(decision.transfers());
            replies.addAll(decision.replies());
        }

        prepareSettlement(
                changed.values().stream().filter(each -> each.state().isOpen()).toList(), traceParents);
        payments.saveAll(changed.values().stream().filter(Payment::isNew).toList());
        return replies;
    }

    /**
     * Claims open payments if this instance can call the provider directly after the commit; otherwise leaves them to
     * the sweep.
     */
    private void prepareSettlement(List<Payment> open, Map<OrderId, @Nullable TraceParent> traceParents) {
        if (open.isEmpty()) {
            return;
        }
        boolean claimed = worker.hasCapacity();
        if (claimed) {
            open.forEach(payment -> payment.claim(claim));
        }
        var attempts = open.stream()
                .map(payment -> SettlementAttempt.of(payment, traceParents.get(payment.orderId())))
                .toList();
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                if (claimed) {
                    worker.settle(attempts);
                } else {
                    worker.leaveToSweep();
                }
            }
        });
    }
}
