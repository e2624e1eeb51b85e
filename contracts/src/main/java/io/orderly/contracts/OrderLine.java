package io.orderly.contracts;

/**
 * So many units of one product. An order has so few lines of so few units that their sum fits an {@code int}.
 *
 * @param quantity 1 to {@link #MAX_QUANTITY}
 */
public record OrderLine(Sku sku, int quantity) {

    /** Most units of one line. */
    public static final int MAX_QUANTITY = 1_000_000;

    /** Most lines of one order. */
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
