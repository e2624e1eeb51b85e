package io.orderly.payment.charging;

import io.orderly.payment.PaymentProperties;
import java.time.Duration;
import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Claims open payments for this instance. Safe for use by many threads, and by many instances on one database. */
@Component
class PaymentClaimer {

    private final Payments payments;
    private final TransactionTemplate transactions;
    private final Duration claim;

    PaymentClaimer(Payments payments, TransactionTemplate transactions, PaymentProperties properties) {
        this.payments = payments;
        this.transactions = transactions;
        this.claim = properties.claim();
    }

    /**
     * Claims payments that are due: those without a claim, and those whose claim has expired. The payments with the
     * earliest due time come first.
     */
    List<SettlementAttempt> claimDue(int limit) {
        return transactions.execute(_ -> {
            var due = payments.lockDue(Limit.of(limit));
            due.forEach(payment -> payment.claim(claim));
            return due.stream()
                    .map(payment -> SettlementAttempt.of(payment, null))
                    .toList();
        });
    }
}
