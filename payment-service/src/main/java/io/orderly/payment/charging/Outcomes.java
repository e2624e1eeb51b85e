package io.orderly.payment.charging;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.reply.StepReply;
import io.orderly.kit.participant.RecordedReplies;
import io.orderly.payment.ledger.Ledger;
import io.orderly.payment.ledger.Transfer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes down how errands ended: the new state, the money that moves, and the reply to the saga, in one transaction. */
@Component
class Outcomes {

    private final Payments payments;
    private final Ledger ledger;
    private final RecordedReplies replies;
    private final TransactionTemplate transactions;
    private final MeterRegistry meters;

    Outcomes(
            Payments payments,
            Ledger ledger,
            RecordedReplies replies,
            TransactionTemplate transactions,
            MeterRegistry meters) {
        this.payments = payments;
        this.ledger = ledger;
        this.replies = replies;
        this.transactions = transactions;
        this.meters = meters;
    }

    /** Commits all of them in one transaction. What a payment's present state makes of its answer is decided here. */
    void commit(List<Outcome> outcomes) {
        var settled = transactions.execute(_ -> apply(outcomes));
        for (var payment : settled) {
            meters.counter(
                            "orderly.payments.settled",
                            "state",
                            payment.state().name().toLowerCase(Locale.ROOT))
                    .increment();
        }
    }

    private List<Payment> apply(List<Outcome> outcomes) {
        var current = new HashMap<>(payments.lock(outcomes.stream()
                .map(each -> each.errand().payment().orderId())
                .distinct()
                .toList()));
        var settled = new LinkedHashMap<OrderId, Payment>();
        var transfers = new ArrayList<Transfer>();
        var answers = new ArrayList<StepReply>();
        var postponements = new ArrayList<Payments.Postponement>();
        for (var outcome : outcomes) {
            var orderId = outcome.errand().payment().orderId();
            switch (outcome) {
                case Outcome.Answered answered -> {
                    var before = current.get(orderId);
                    if (before == null) {
                        throw new IllegalStateException("no payment of order " + orderId);
                    }
                    var decision = before.answered(answered.answer());
                    if (decision.payment().equals(before)) {
                        continue;
                    }
                    current.put(orderId, decision.payment());
                    settled.put(orderId, decision.payment());
                    transfers.addAll(decision.transfers());
                    answers.addAll(decision.replies());
                }
                case Outcome.Unknown(var errand, var attempts, var rest) ->
                    postponements.add(
                            new Payments.Postponement(orderId, errand.payment().state(), attempts, rest));
            }
        }
        ledger.post(transfers);
        payments.settle(List.copyOf(settled.values()));
        payments.postpone(postponements);
        replies.answer(answers);
        return List.copyOf(settled.values());
    }
}
