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

/** Takes the saga's commands: decides what can be decided at once, and commits the rest as an intent. */
@Component
final class PaymentCommandHandler implements CommandHandler<PaymentCommand> {

    private final Payments payments;
    private final Accounts accounts;
    private final Ledger ledger;
    private final SettlementWorker settlement;
    private final Duration claim;

    PaymentCommandHandler(
            Payments payments,
            Accounts accounts,
            Ledger ledger,
            SettlementWorker settlement,
            PaymentProperties settings) {
        this.payments = payments;
        this.accounts = accounts;
        this.ledger = ledger;
        this.settlement = settlement;
        this.claim = settings.claim();
    }

    @Override
    public Topic topic() {
        return Topic.PAYMENT_COMMANDS;
    }

    @Override
    public Class<PaymentCommand> commandType() {
        return PaymentCommand.class;
    }

    /** Locks payments before accounts, as every transaction does. */
    @Override
    public List<StepReply> handle(CommandBatch<PaymentCommand> batch) {
        var refunded = new ArrayList<OrderId>();
        var charged = new LinkedHashSet<CustomerId>();
        for (var command : batch.commands()) {
            switch (command) {
                case RefundPayment refund -> refunded.add(refund.orderId());
                case ChargePayment charge -> charged.add(charge.customerId());
            }
        }
        var known = payments.lock(refunded);
        var charging = accounts.lock(charged);

        var touched = new LinkedHashMap<OrderId, Payment>();
        var traceParents = new HashMap<OrderId, @Nullable TraceParent>();
        var replies = new ArrayList<StepReply>();
        for (var command : batch.commands()) {
            var orderId = command.orderId();
            var payment = touched.getOrDefault(orderId, known.get(orderId));
            var decision = switch (command) {
                case ChargePayment charge ->
                    Payment.charge(charge, Objects.requireNonNull(charging.get(charge.customerId())));
                case RefundPayment _ -> payment == null ? Payment.refundBeforeCharge(orderId) : payment.refund();
            };
            touched.put(orderId, decision.payment());
            traceParents.put(orderId, batch.traceParent(command));
            ledger.post(decision.transfers());
            replies.addAll(decision.replies());
        }

        setOut(touched.values().stream().filter(each -> each.state().isOpen()).toList(), traceParents);
        payments.saveAll(touched.values().stream().filter(Payment::isNew).toList());
        return replies;
    }

    /** Claims open payments if this instance can ask the provider right after the commit, or else leaves them to the sweep. */
    private void setOut(List<Payment> open, Map<OrderId, @Nullable TraceParent> traceParents) {
        if (open.isEmpty()) {
            return;
        }
        boolean takenUp = settlement.hasRoom();
        if (takenUp) {
            open.forEach(payment -> payment.takeUp(claim));
        }
        var errands = open.stream()
                .map(payment -> SettlementAttempt.of(payment, traceParents.get(payment.orderId())))
                .toList();
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                if (takenUp) {
                    settlement.take(errands);
                } else {
                    settlement.leave();
                }
            }
        });
    }
}
