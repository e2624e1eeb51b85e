package io.orderly.lab.load;

import java.util.random.RandomGenerator;

/**
 * How many of the orders are of each kind, as shares of all from 0 to 1; the rest is {@link Wish#ORDINARY}.
 *
 * @param unpayable of {@link Wish#UNPAYABLE}
 * @param undeliverable of {@link Wish#UNDELIVERABLE}
 * @param outOfStock of {@link Wish#OUT_OF_STOCK}
 * @param unknownProduct of {@link Wish#UNKNOWN_PRODUCT}
 * @param cancelledAtOnce of {@link Wish#CANCELLED_AT_ONCE}
 */
public record Shares(
        double unpayable, double undeliverable, double outOfStock, double unknownProduct, double cancelledAtOnce) {

    /** Nothing but orders that can be fulfilled: the whole way for each. */
    public static final Shares ALL_ORDINARY = new Shares(0, 0, 0, 0, 0);

    /** Every way that an order can take, each often enough to be met in a few hundred orders. */
    public static final Shares EVERY_WAY = new Shares(0.06, 0.06, 0.04, 0.03, 0.08);

    /** @throws IllegalArgumentException if a share is negative, or all together are more than 1 */
    public Shares {
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

    Wish draw(RandomGenerator random) {
        double point = random.nextDouble();
        if ((point -= unpayable) < 0) {
            return Wish.UNPAYABLE;
        }
        if ((point -= undeliverable) < 0) {
            return Wish.UNDELIVERABLE;
        }
        if ((point -= outOfStock) < 0) {
            return Wish.OUT_OF_STOCK;
        }
        if ((point -= unknownProduct) < 0) {
            return Wish.UNKNOWN_PRODUCT;
        }
        if ((point -= cancelledAtOnce) < 0) {
            return Wish.CANCELLED_AT_ONCE;
        }
        return Wish.ORDINARY;
    }
}
