package io.orderly.lab.load;

import java.util.random.RandomGenerator;

/**
 * How many of the orders are of each kind, as shares of all from 0 to 1; the rest is {@link OrderScenario#ORDINARY}.
 *
 * @param unpayable of {@link OrderScenario#UNPAYABLE}
 * @param undeliverable of {@link OrderScenario#UNDELIVERABLE}
 * @param outOfStock of {@link OrderScenario#OUT_OF_STOCK}
 * @param unknownProduct of {@link OrderScenario#UNKNOWN_PRODUCT}
 * @param cancelledAtOnce of {@link OrderScenario#CANCELLED_AT_ONCE}
 */
public record MixShares(
        double unpayable, double undeliverable, double outOfStock, double unknownProduct, double cancelledAtOnce) {

    /** Nothing but orders that can be fulfilled: the whole way for each. */
    public static final MixShares ALL_ORDINARY = new MixShares(0, 0, 0, 0, 0);

    /** Every way that an order can take, each often enough to be met in a few hundred orders. */
    public static final MixShares EVERY_WAY = new MixShares(0.06, 0.06, 0.04, 0.03, 0.08);

    /** @throws IllegalArgumentException if a share is negative, or all together are more than 1 */
    public MixShares {
        double sum = 0;
        for (double share : new double[] {unpayable, undeliverable, outOfStock, unknownProduct, cancelledAtOnce}) {
            if (!(share >= 0)) {
                throw new IllegalArgumentException("a share must not be negative: " + share);
            }
            sum += share;
        }
        if (sum > 1) {
            throw new IllegalArgumentException("the shares come to more than everything: " + sum);
        }
    }

    OrderScenario draw(RandomGenerator random) {
        double point = random.nextDouble();
        if ((point -= unpayable) < 0) {
            return OrderScenario.UNPAYABLE;
        }
        if ((point -= undeliverable) < 0) {
            return OrderScenario.UNDELIVERABLE;
        }
        if ((point -= outOfStock) < 0) {
            return OrderScenario.OUT_OF_STOCK;
        }
        if ((point -= unknownProduct) < 0) {
            return OrderScenario.UNKNOWN_PRODUCT;
        }
        if ((point -= cancelledAtOnce) < 0) {
            return OrderScenario.CANCELLED_AT_ONCE;
        }
        return OrderScenario.ORDINARY;
    }
}
