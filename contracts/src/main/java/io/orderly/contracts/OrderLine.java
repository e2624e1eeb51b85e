package io.orderly.contracts;

/**
 * A quantity of one product. The limits ensure that the sum of all quantities of an order fits an {@code int}.
 *
 * @param quantity 1 to {@link #MAX_QUANTITY}
 */
public record OrderLine(Sku sku, int quantity) {

    /** Maximum quantity of a line. */
    public static final int MAX_QUANTITY = 1_000_000;

    /** Maximum number of lines of an order. */
    public static final int MAX_PER_ORDER = 1_000;

    /** @throws IllegalArgumentException naming the part that is missing or out of range */
    public OrderLine {
        Require.all(() -> Require.present(sku, "sku"), () -> requireQuantity(quantity));
    }

    private static void requireQuantity(int quantity) {
        if (quantity < 1 || quantity > MAX_QUANTITY) {
            throw new IllegalArgumentException("quantity must be 1 to " + MAX_QUANTITY + ", was " + quantity);
        }
    }
}
