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

/** What a draft costs at the prices of the catalogue, or why that cannot be said. */
sealed interface Quote {

    /** The highest total of one order, in its currency. */
    BigDecimal MAX_TOTAL = new BigDecimal("1000000.00");

    record Priced(List<PricedLine> lines, Money total) implements Quote {}

    record Invalid(List<Violation> violations) implements Quote {}

    /**
     * A product may be in one line only, since two lines of one product are more often a mistake than a wish.
     *
     * @param prices of all products that are known, at least of those in the draft
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
                violations.add(new Violation("lines[" + i + "].sku", "is in an earlier line already"));
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
            return invalid("lines", "are not all sold in one currency, but in " + String.join(" and ", currencies));
        }
        String currency = currencies.getFirst();
        BigDecimal sum = lines.stream()
                .map(line -> line.unitPrice().amount().multiply(BigDecimal.valueOf(line.quantity())))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        if (sum.compareTo(MAX_TOTAL) > 0) {
            return invalid("lines", "come to more than " + new Money(MAX_TOTAL, currency));
        }
        var total = new Money(sum, currency);
        return expectedTotal == null || expectedTotal.equals(total)
                ? new Priced(lines, total)
                : invalid("expectedTotal", "is not the total, which is " + total);
    }

    private static Invalid invalid(String field, String message) {
        return new Invalid(List.of(new Violation(field, message)));
    }
}
