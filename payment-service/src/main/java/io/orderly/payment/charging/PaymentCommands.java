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
import io.orderly.payment.ledger.Account;
import io.orderly.payment.ledger.Accounts;
import io.orderly.payment.ledger.Ledger;
import io.orderly.payment.ledger.Transfer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Takes the saga's commands: decides what can be decided at once, and commits the rest as an intent. */
@Component
final class PaymentCommands implements CommandHandler<PaymentCommand> {

    private final Payments payments;
    private final Accounts accounts;
    private final Ledger ledger;
    private final Settlement settlement;

    PaymentCommands(Payments payments, Accounts accounts, Ledger ledger, Settlement settlement) {
        this.payments = payments;
        this.accounts = accounts;
        this.ledger = ledger;
        this.settlement = settlement;
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
        var charged = new ArrayList<CustomerId>();
        for (var command : batch.commands()) {
            switch (command) {
                case RefundPayment refund -> refunded.add(refund.orderId());
                case ChargePayment charge -> charged.add(charge.customerId());
            }
        }
        var known = payments.lock(refunded);
        var work = new PaymentWork(known, accounts.lock(charged));
        var replies = new ArrayList<StepReply>();
        for (var command : batch.commands()) {
            work.handle(command, batch.traceParent(command)).ifPresent(replies::add);
        }
        work.complete();
        return replies;
    }

    private final class PaymentWork {

        private final Map<OrderId, Payment> known;
        private final Map<CustomerId, Account> accounts;
        private final Map<OrderId, Payment> changed = new LinkedHashMap<>();
        private final Map<OrderId, @Nullable TraceParent> traceParents = new HashMap<>();
        private final List<Transfer> transfers = new ArrayList<>();

        PaymentWork(Map<OrderId, Payment> known, Map<CustomerId, Account> accounts) {
            this.known = known;
            this.accounts = accounts;
        }

        Optional<StepReply> handle(PaymentCommand command, @Nullable TraceParent traceParent) {
            var decision = decide(command);
            changed.put(command.orderId(), decision.payment());
            transfers.addAll(decision.transfers());
            traceParents.put(command.orderId(), traceParent);
            return decision.replies().stream().findFirst();
        }

        private Decision decide(PaymentCommand command) {
            return switch (command) {
                case ChargePayment charge -> charge(charge);
                case RefundPayment refund -> {
                    var orderId = refund.orderId();
                    var payment = changed.getOrDefault(orderId, known.get(orderId));
                    yield payment == null ? Payment.refundBeforeCharge(orderId) : payment.refund();
                }
            };
        }

        private Decision charge(ChargePayment charge) {
            var account = Objects.requireNonNull(accounts.get(charge.customerId()));
            var decision = Payment.charge(charge, account);
            if (decision.payment().state().isOpen()) {
                accounts.put(charge.customerId(), account.without(charge.amount()));
            }
            return decision;
        }

        void complete() {
            boolean takenUp = settlement.hasRoom();
            ledger.post(transfers);
            payments.add(
                    changed.values().stream()
                            .filter(each -> !known.containsKey(each.orderId()))
                            .toList(),
                    takenUp);
            payments.reopen(
                    changed.values().stream()
                            .filter(each -> known.containsKey(each.orderId()))
                            .filter(each -> each.state().isOpen())
                            .toList(),
                    takenUp);
            afterCommit(takenUp);
        }

        private void afterCommit(boolean takenUp) {
            var errands = changed.values().stream()
                    .filter(each -> each.state().isOpen())
                    .map(each -> new Errand(each, 1, traceParents.get(each.orderId())))
                    .toList();
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    if (takenUp) {
                        settlement.take(errands);
                    } else if (!errands.isEmpty()) {
                        settlement.leave();
                    }
                }
            });
        }
    }
}
