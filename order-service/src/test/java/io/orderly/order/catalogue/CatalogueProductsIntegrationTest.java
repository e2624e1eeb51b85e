package io.orderly.order.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.contracts.Money;
import io.orderly.contracts.Sku;
import io.orderly.contracts.inventory.ProductChanged;
import io.orderly.kit.testing.RepositorySlice;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class CatalogueProductsIntegrationTest extends RepositorySlice {

    private static final Sku CHAIR = new Sku("CHAIR-7");
    private static final Sku LAMP = new Sku("LAMP-1");
    private static final Sku UNKNOWN = new Sku("NO-SUCH-1");

    @Autowired
    CatalogueProducts products;

    @Test
    void returnThePricesOfKnownProducts() {
        store(LAMP, "12.50");
        store(CHAIR, "99.99");

        assertThat(products.prices(List.of(LAMP, UNKNOWN)).prices()).isEqualTo(Map.of(LAMP, Money.euros("12.50")));
    }

    @Test
    void lockKnownProductsInTheOrderOfTheirSkus() {
        store(LAMP, "12.50");
        store(CHAIR, "99.99");

        assertThat(products.lock(new String[] {LAMP.value(), UNKNOWN.value(), CHAIR.value()}))
                .extracting(CatalogueProduct::sku)
                .containsExactly(CHAIR, LAMP);
    }

    @Test
    void storeTheChangesOfALockedProduct() {
        store(LAMP, "12.50");

        products.lock(new String[] {LAMP.value()})
                .getFirst()
                .apply(new ProductChanged(LAMP, "Lamp", Money.euros("13.00"), 2));
        flushAndClear();

        assertThat(products.prices(List.of(LAMP)).prices()).isEqualTo(Map.of(LAMP, Money.euros("13.00")));
    }

    private void store(Sku sku, String euros) {
        products.save(new CatalogueProduct(new ProductChanged(sku, "Test", Money.euros(euros), 1)));
        flushAndClear();
    }
}
