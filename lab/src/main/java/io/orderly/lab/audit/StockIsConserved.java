package io.orderly.lab.audit;

import io.orderly.lab.evidence.Evidence;
import io.orderly.lab.evidence.StockRows.StockRow;

/** Of each product, what is on hand, reserved and shipped is what there was and what came; and the journals agree. */
final class StockIsConserved implements Invariant {

    @Override
    public boolean holdsAlways() {
        return true;
    }

    @Override
    public void check(Evidence evidence, ViolationCollector findings) {
        for (StockRow stock : evidence.stock().stock()) {
            long there = stock.onHand() + stock.reserved() + stock.shipped();
            if (there != stock.seeded() + stock.restocked()) {
                findings.add(
                        stock.sku(),
                        "has %d on hand, %d reserved and %d shipped, of %d seeded and %d restocked",
                        stock.onHand(),
                        stock.reserved(),
                        stock.shipped(),
                        stock.seeded(),
                        stock.restocked());
            }
            if (stock.onHand() < 0 || stock.reserved() < 0 || stock.shipped() < 0) {
                findings.add(stock.sku(), "has fewer than none: %s", stock);
            }
            compare(findings, stock.sku(), "restocked", stock.restocked(), stock.restocks());
            compare(findings, stock.sku(), "reserved", stock.reserved(), stock.reservations());
            compare(findings, stock.sku(), "shipped", stock.shipped(), stock.shipments());
        }
    }

    private static void compare(ViolationCollector findings, String sku, String what, long counted, long added) {
        if (counted != added) {
            findings.add(sku, "has %d %s, where its journal adds up to %d", counted, what, added);
        }
    }
}
