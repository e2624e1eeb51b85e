package io.orderly.lab.load;

import java.util.random.RandomGenerator;

/**
 * The share of each scenario in an order mix, from 0 to 1; the rest is {@link OrderScenario#ORDINARY}.
 *
 * @param unpayable the share of {@link OrderScenario#UNPAYABLE}
 * @param undeliverable the share of {@link OrderScenario#UNDELIVERABLE}
 * @param outOfStock the share of {@link OrderScenario#OUT_OF_STOCK}
 * @param unknownProduct the share of {@link OrderScenario#UNKNOWN_PRODUCT}
 * @param cancelledAtOnce the share of {@link OrderScenario#CANCELLED_AT_ONCE}
 */
public record MixShares(
        double unpayable, double undeliverable, double outOfStock, double unknownProduct, double cancelledAtOnce) {

    /** Only orders that can be fulfilled. */
    public static final MixShares ALL_ORDINARY = new MixShares(0, 0, 0, 0, 0);

    /** All scenarios, each frequent enough to occur within a few hundred orders. */
    public static final MixShares EVERY_WAY = new MixShares(0.06, 0.06, 0.04, 0.03, 0.08);

    /** @throws IllegalArgumentException if a share is negative, or their sum exceeds 1 */
    public MixShares {
        double sum = 0;
        for (double share : new double[] {unpayable, undeliverable, outOfStock, unknownProduct, cancelledAtOnce}) {
            if (!(share >= 0)) {
                throw new IllegalArgumentException("a share must not be negative: " + share);
            }
            sum += share;
        }
        if (sum > 1) {
            throw new IllegalArgumentException("the sum of the shares exceeds 1: " + sum);
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
