package io.orderly.lab.audit;

import io.orderly.lab.evidence.Evidence;
import io.orderly.lab.evidence.StockRows.StockRow;

/**
 * For each product, the units on hand, reserved and shipped add up to the units seeded and restocked, and each counter
 * equals the sum of its journal.
 */
final class StockIsConserved implements Invariant {

    @Override
    public boolean holdsAlways() {
        return true;
    }

    @Override
    public void check(Evidence evidence, ViolationCollector violations) {
        for (StockRow stock : evidence.stock().stock()) {
            long units = stock.onHand() + stock.reserved() + stock.shipped();
            if (units != stock.seeded() + stock.restocked()) {
                violations.add(
                        stock.sku(),
                        "has %d on hand, %d reserved and %d shipped, of %d seeded and %d restocked",
                        stock.onHand(),
                        stock.reserved(),
                        stock.shipped(),
                        stock.seeded(),
                        stock.restocked());
            }
            if (stock.onHand() < 0 || stock.reserved() < 0 || stock.shipped() < 0) {
                violations.add(stock.sku(), "has a negative quantity: %s", stock);
            }
            compare(violations, stock.sku(), "restocked", stock.restocked(), stock.restocks());
            compare(violations, stock.sku(), "reserved", stock.reserved(), stock.reservations());
            compare(violations, stock.sku(), "shipped", stock.shipped(), stock.shipments());
        }
    }

    private static void compare(ViolationCollector violations, String sku, String what, long counted, long added) {
        if (counted != added) {
            violations.add(sku, "has %d %s, and a journal with the sum %d", counted, what, added);
        }
    }
}
