package io.orderly.inventory.stock;

import io.orderly.contracts.OrderLine;
import io.orderly.contracts.Sku;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The units of each product that an order needs.
 *
 * @param units by product, in the order of the lines
 */
record Demand(Map<Sku, Long> units) {

    /** Sums the quantities of lines with the same product. */
    static Demand of(List<OrderLine> lines) {
        Map<Sku, Long> units = new LinkedHashMap<>();
        lines.forEach(line -> units.merge(line.sku(), (long) line.quantity(), Long::sum));
        return new Demand(Collections.unmodifiableMap(units));
    }

    /**
     * Finds the first product without sufficient stock.
     *
     * @param stock the stock of every existing product of the demand
     * @return empty if the stock is sufficient
     */
    Optional<Shortage> shortageIn(Map<Sku, StockItem> stock) {
        for (Sku sku : units.keySet()) {
            if (!stock.containsKey(sku)) {
                return Optional.of(new Shortage(DeclineReason.UNKNOWN_SKU, "no product " + sku));
            }
        }
        for (Map.Entry<Sku, Long> line : units.entrySet()) {
            long onHand = stock.get(line.getKey()).onHand();
            if (onHand < line.getValue()) {
                String detail = "%d of %s ordered, %d on hand".formatted(line.getValue(), line.getKey(), onHand);
                return Optional.of(new Shortage(DeclineReason.OUT_OF_STOCK, detail));
            }
        }
        return Optional.empty();
    }
}
