package io.orderly.order.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.orderly.contracts.Money;
import io.orderly.contracts.Sku;
import io.orderly.contracts.inventory.ProductChanged;
import org.junit.jupiter.api.Test;

class CatalogueProductTest {

    private final CatalogueProduct product = new CatalogueProduct(change("LAMP-1", "12.50", 2));

    @Test
    void appliesNewerVersionsOnly() {
        product.apply(change("LAMP-1", "11.00", 1));
        product.apply(change("LAMP-1", "11.00", 2));
        assertThat(product.price()).isEqualTo(Money.euros("12.50"));

        product.apply(change("LAMP-1", "13.00", 3));
        product.apply(change("LAMP-1", "11.00", 2));
        assertThat(product.price()).isEqualTo(Money.euros("13.00"));
    }

    @Test
    void rejectsAChangeOfAnotherProduct() {
        assertThatIllegalArgumentException().isThrownBy(() -> product.apply(change("LAMP-2", "1.00", 9)));
    }

    private static ProductChanged change(String sku, String euros, long version) {
        return new ProductChanged(new Sku(sku), "Lamp", Money.euros(euros), version);
    }
}
