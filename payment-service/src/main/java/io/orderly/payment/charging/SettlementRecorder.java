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

/** Writes down how errands ended: the new state, the money that moves, and the reply to the saga, in one transaction. */
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

    /** Commits all of them in one transaction. What a payment's present state makes of its answer is decided here. */
    void commit(List<SettlementOutcome> outcomes) {
        var settled = transactions.execute(_ -> apply(outcomes));
        for (var state : settled) {
            meters.counter("orderly.payments.settled", "state", state.name().toLowerCase(Locale.ROOT))
                    .increment();
        }
    }

    /** @return the states of the payments that were settled */
    private List<PaymentState> apply(List<SettlementOutcome> outcomes) {
        var known = payments.lock(outcomes.stream()
                .map(each -> each.errand().orderId())
                .distinct()
                .toList());
        var settled = new ArrayList<PaymentState>();
        var transfers = new ArrayList<Transfer>();
        var answers = new ArrayList<StepReply>();
        for (var outcome : outcomes) {
            var payment = known.get(outcome.errand().orderId());
            if (payment == null) {
                throw new IllegalStateException(
                        "no payment of order " + outcome.errand().orderId());
            }
            switch (outcome) {
                case SettlementOutcome.Answered answered -> {
                    boolean wasOpen = payment.state().isOpen();
                    var decision = payment.answered(answered.answer());
                    transfers.addAll(decision.transfers());
                    answers.addAll(decision.replies());
                    if (wasOpen && !payment.state().isOpen()) {
                        settled.add(payment.state());
                    }
                }
                case SettlementOutcome.Unknown(var errand, var attempts, var rest) -> {
                    // one that has moved on meanwhile is due at another time
                    if (payment.state() == errand.state()) {
                        payment.postpone(attempts, rest);
                    }
                }
            }
        }
        ledger.post(transfers);
        replies.send(answers);
        return settled;
    }
}
