package io.orderly.payment.charging;

import io.orderly.payment.PaymentProperties;
import java.time.Duration;
import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes up open payments for one instance. Safe for use by many threads, and by many instances on one database. */
@Component
class PaymentClaimer {

    private final Payments payments;
    private final TransactionTemplate transactions;
    private final Duration claim;

    PaymentClaimer(Payments payments, TransactionTemplate transactions, PaymentProperties settings) {
        this.payments = payments;
        this.transactions = transactions;
        this.claim = settings.claim();
    }

    /** Takes up payments that were not taken up before, or not settled before their claim ran out; the longest due first. */
    List<SettlementAttempt> take(int limit) {
        return transactions.execute(_ -> {
            var due = payments.lockDue(Limit.of(limit));
            due.forEach(payment -> payment.takeUp(claim));
            return due.stream()
                    .map(payment -> SettlementAttempt.of(payment, null))
                    .toList();
        });
    }
}
