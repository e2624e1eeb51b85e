package io.orderly.contracts;

/**
 * So many units of one product.
 *
 * @param quantity at least 1
 */
public record OrderLine(Sku sku, int quantity) {

    public OrderLine {
        Require.present(sku, "sku");
        if (quantity < 1) {
            throw new IllegalArgumentException("quantity must be at least 1, was " + quantity);
        }
    }
}
