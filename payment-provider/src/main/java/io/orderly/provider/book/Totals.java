package io.orderly.provider.book;

import io.orderly.provider.book.Summary.Tally;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Updates the sums with each change, so that a summary does not iterate over the book. */
final class Totals {

    private final Map<String, Map<Status, Tally>> byCurrency = new TreeMap<>();
    private int tombstones;

    void add(Payment payment) {
        if (payment.request() instanceof Request request) {
            update(
                    request,
                    payment.status(),
                    tally -> tally.plus(request.money().amount()));
        } else {
            tombstones++;
        }
    }

    void remove(Payment payment) {
        if (payment.request() instanceof Request request) {
            update(
                    request,
                    payment.status(),
                    tally -> tally.minus(request.money().amount()));
        } else {
            tombstones--;
        }
    }

    private void update(Request request, Status status, UnaryOperator<Tally> change) {
        byCurrency
                .computeIfAbsent(request.money().currency().getCurrencyCode(), _ -> new EnumMap<>(Status.class))
                .compute(status, (_, tally) -> change.apply(tally == null ? Tally.NONE : tally));
    }

    Summary summary(long sequence, int payments) {
        var copy = new TreeMap<String, Map<Status, Tally>>();
        byCurrency.forEach((currency, tallies) -> copy.put(currency, new EnumMap<>(tallies)));
        return new Summary(sequence, payments, tombstones, copy);
    }
}
