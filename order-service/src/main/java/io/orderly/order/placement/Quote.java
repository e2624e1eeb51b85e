package io.orderly.order.placement;

import io.orderly.contracts.Money;
import io.orderly.contracts.OrderLine;
import io.orderly.contracts.Sku;
import io.orderly.order.PricedLine;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The price of a draft, or the violations that prevent pricing it. */
sealed interface Quote {

    /** The highest allowed total of an order, in its currency. */
    BigDecimal MAX_TOTAL = new BigDecimal("1000000.00");

    record Priced(List<PricedLine> lines, Money total) implements Quote {}

    record Invalid(List<Violation> violations) implements Quote {}

    /**
     * Prices a draft. Two lines with the same product are a violation, because they are more likely a mistake than intended.
     *
     * @param prices the prices of the known products among those of the draft
     */
    static Quote of(OrderDraft draft, Map<Sku, Money> prices) {
        List<Violation> violations = new ArrayList<>();
        Map<Sku, PricedLine> lines = new LinkedHashMap<>();
        for (int i = 0; i < draft.lines().size(); i++) {
            OrderLine line = draft.lines().get(i);
            Money price = prices.get(line.sku());
            if (price == null) {
                violations.add(new Violation("lines[" + i + "].sku", "is not in the catalogue"));
            } else if (lines.putIfAbsent(line.sku(), new PricedLine(line.sku(), line.quantity(), price)) != null) {
                violations.add(new Violation("lines[" + i + "].sku", "repeats the product of an earlier line"));
            }
        }
        return violations.isEmpty() ? of(List.copyOf(lines.values()), draft.expectedTotal()) : new Invalid(violations);
    }

    private static Quote of(List<PricedLine> lines, @Nullable Money expectedTotal) {
        List<String> currencies = lines.stream()
                .map(line -> line.unitPrice().currency())
                .distinct()
                .toList();
        if (currencies.size() != 1) {
            return invalid(
                    "lines",
                    "must all be priced in one currency, but are priced in " + String.join(" and ", currencies));
        }
        String currency = currencies.getFirst();
        BigDecimal sum = lines.stream()
                .map(line -> line.unitPrice().amount().multiply(BigDecimal.valueOf(line.quantity())))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        if (sum.compareTo(MAX_TOTAL) > 0) {
            return invalid("lines", "must not total more than " + new Money(MAX_TOTAL, currency));
        }
        var total = new Money(sum, currency);
        return expectedTotal == null || expectedTotal.equals(total)
                ? new Priced(lines, total)
                : invalid("expectedTotal", "does not match the total, which is " + total);
    }

    private static Invalid invalid(String field, String message) {
        return new Invalid(List.of(new Violation(field, message)));
    }
}
