package io.orderly.payment.reconciliation;

import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.payment.charging.Payment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Compares the provider's book with the ledger while both change. A payment may then look different only because the
 * two were not read at the same time. Therefore each difference is checked again, and is reported only if both sides
 * are settled and the ledger's entry was the same before and after the provider's entry was read: a payment that is
 * settled in the ledger does not change at the provider.
 *
 * <p>Keeps the ids of all orders in the provider's book in memory, about 60 bytes each.
 */
@Service
public class Reconciliation {

    private static final int PAGE = 1_000;
    private static final int MAX_DIFFERENCES = 100;

    private final ProviderBook book;
    private final ReconciliationQueries ledger;

    Reconciliation(ProviderBook book, ReconciliationQueries ledger) {
        this.book = book;
        this.ledger = ledger;
    }

    /** @throws io.orderly.payment.charging.ProviderUnavailableException if the provider's book cannot be read now */
    public ReconciliationReport run() {
        return new Run().report();
    }

    private final class Run {

        private final Set<OrderId> seenOrders = new HashSet<>();
        private final List<ReconciliationReport.Difference> differences = new ArrayList<>();
        private long compared;
        private long open;

        ReconciliationReport report() {
            boolean complete = compareProviderBook() && compareLedger();
            return new ReconciliationReport(
                    compared, open, List.copyOf(differences), ledger.imbalances(MAX_DIFFERENCES), complete);
        }

        /** @return false if the run stopped before the end */
        private boolean compareProviderBook() {
            long after = 0;
            ProviderBook.Page page;
            do {
                page = book.page(after, PAGE);
                compare(page.entries());
                after = page.next();
            } while (page.more() && differences.size() < MAX_DIFFERENCES);
            return differences.size() < MAX_DIFFERENCES;
        }

        private void compare(List<ProviderBook.Entry> entries) {
            var ours = ledger.entries(entries.stream()
                    .flatMap(each -> Payment.orderOf(each.key()).stream())
                    .toList());
            for (var theirs : entries) {
                compared++;
                var order = Payment.orderOf(theirs.key());
                order.ifPresent(seenOrders::add);
                var entry = order.map(ours::get);
                if (theirs.open() || entry.isPresent() && entry.get().open()) {
                    open++;
                } else if (!Objects.equals(theirs.taken(), takenIn(entry))) {
                    order.ifPresentOrElse(this::recheck, () -> addDifference(theirs.key(), theirs.taken(), null));
                }
            }
        }

        private boolean compareLedger() {
            OrderId after = null;
            List<OrderId> charged;
            do {
                charged = ledger.charged(after, PAGE);
                charged.stream().filter(each -> !seenOrders.contains(each)).forEach(this::recheck);
                after = charged.isEmpty() ? null : charged.getLast();
            } while (charged.size() == PAGE && differences.size() < MAX_DIFFERENCES);
            return differences.size() < MAX_DIFFERENCES;
        }

        private void recheck(OrderId order) {
            var before = ledger.entry(order);
            var theirs = book.entry(order);
            var after = ledger.entry(order);
            boolean settled = !theirs.map(ProviderBook.Entry::open).orElse(false)
                    && !after.map(ReconciliationQueries.Entry::open).orElse(false);
            var taken = theirs.map(ProviderBook.Entry::taken).orElse(null);
            if (settled && before.equals(after) && !Objects.equals(taken, takenIn(after))) {
                addDifference(Payment.idOf(order), taken, takenIn(after));
            }
        }

        private void addDifference(String key, @Nullable Money provider, @Nullable Money ours) {
            if (differences.size() < MAX_DIFFERENCES) {
                differences.add(new ReconciliationReport.Difference(key, provider, ours));
            }
        }

        private static @Nullable Money takenIn(Optional<ReconciliationQueries.Entry> entry) {
            return entry.map(ReconciliationQueries.Entry::taken).orElse(null);
        }
    }
}
