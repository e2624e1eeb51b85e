package io.orderly.payment.charging;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.contracts.reply.StepReply;
import io.orderly.kit.participant.DeferredReplies;
import io.orderly.payment.ledger.Ledger;
import io.orderly.payment.ledger.Transfer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Records the outcomes of settlement attempts: new states, transfers and replies to the saga, in one transaction. */
@Component
class SettlementRecorder {

    private final Payments payments;
    private final Ledger ledger;
    private final DeferredReplies replies;
    private final TransactionTemplate transactions;
    private final MeterRegistry meters;

    SettlementRecorder(
            Payments payments,
            Ledger ledger,
            DeferredReplies replies,
            TransactionTemplate transactions,
            MeterRegistry meters) {
        this.payments = payments;
        this.ledger = ledger;
        this.replies = replies;
        this.transactions = transactions;
        this.meters = meters;
    }

    /**
     * Records all outcomes in one transaction. An answer is applied to the payment's current state, which may have
     * changed since the attempt began.
     */
    void record(List<SettlementOutcome> outcomes) {
        var settled = transactions.execute(_ -> apply(outcomes));
        for (var state : settled) {
            meters.counter("orderly.payments.settled", "state", state.name().toLowerCase(Locale.ROOT))
                    .increment();
        }
    }

    /** @return the new states of the payments that this call settled */
    private List<PaymentState> apply(List<SettlementOutcome> outcomes) {
        var locked = payments.lock(outcomes.stream()
                .map(each -> each.attempt().orderId())
                .distinct()
                .toList());
        var settled = new ArrayList<PaymentState>();
        var transfers = new ArrayList<Transfer>();
        var stepReplies = new ArrayList<StepReply>();
        for (var outcome : outcomes) {
            var payment = locked.get(outcome.attempt().orderId());
            if (payment == null) {
                throw new IllegalStateException(
                        "no payment of order " + outcome.attempt().orderId());
            }
            switch (outcome) {
                case SettlementOutcome.Answered(SettlementAttempt _, ProviderAnswer answer) -> {
                    boolean wasOpen = payment.state().isOpen();
                    var decision = payment.apply(answer);
                    transfers.addAll(decision.transfers());
                    stepReplies.addAll(decision.replies());
                    if (wasOpen && !payment.state().isOpen()) {
                        settled.add(payment.state());
                    }
                }
                case SettlementOutcome.Unknown(var attempt, var attempts, var delay) -> {
                    // a payment whose state has changed meanwhile already has another due time
                    if (payment.state() == attempt.state()) {
                        payment.postpone(attempts, delay);
                    }
                }
            }
        }
        ledger.post(transfers);
        replies.send(stepReplies);
        return settled;
    }
}
