package io.orderly.inventory.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.contracts.Money;
import io.orderly.contracts.Sku;
import io.orderly.kit.testing.RepositorySlice;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Window;

class CatalogueRepositoriesIntegrationTest extends RepositorySlice {

    private static final Sku ATLAS = new Sku("ATLAS");
    private static final Sku KETTLE = new Sku("KETTLE");
    private static final Sku TEAPOT = new Sku("TEAPOT");
    private static final LocalDate DAY = LocalDate.of(2026, 6, 1);

    @Autowired
    Products products;

    @Autowired
    Reviews reviews;

    @BeforeEach
    void storeThreeProducts() {
        products.saveAll(List.of(
                product(TEAPOT, Category.KITCHEN), product(ATLAS, Category.BOOKS), product(KETTLE, Category.KITCHEN)));
        flushAndClear();
    }

    @Test
    void listProductsInTheOrderOfTheirSkus() {
        Window<Product> page = products.list(null, null, 2);
        Window<Product> next = products.list(null, KETTLE, 2);

        assertThat(page).extracting(Product::sku).containsExactly(ATLAS, KETTLE);
        assertThat(page.hasNext()).isTrue();
        assertThat(next).extracting(Product::sku).containsExactly(TEAPOT);
        assertThat(next.hasNext()).isFalse();
    }

    @Test
    void listTheProductsOfACategory() {
        assertThat(products.list(Category.KITCHEN, null, 10))
                .extracting(Product::sku)
                .containsExactly(KETTLE, TEAPOT);
        assertThat(products.list(Category.KITCHEN, KETTLE, 10))
                .extracting(Product::sku)
                .containsExactly(TEAPOT);
    }

    @Test
    void storeAChangedPriceWithItsVersion() {
        products.lock("ATLAS").orElseThrow().changePrice(Money.euros("12.00"));
        flushAndClear();

        Product changed = products.findById("ATLAS").orElseThrow();
        assertThat(changed.price()).isEqualTo(Money.euros("12.00"));
        assertThat(changed.version()).isEqualTo(2);
    }

    @Test
    void returnTheLatestReviewsOfEachProduct() {
        reviews.saveAll(List.of(
                review(KETTLE, "Ada", DAY),
                review(KETTLE, "Grace", DAY.plusDays(1)),
                review(KETTLE, "Tony", DAY.plusDays(1)),
                review(TEAPOT, "Nancy", DAY)));
        flushAndClear();

        assertThat(reviews.findBySkuOrderByWrittenOnDescIdDesc("KETTLE", Limit.of(2)))
                .extracting(Review::author)
                .containsExactly("Tony", "Grace");
        assertThat(reviews.findLatest(new String[] {"KETTLE", "TEAPOT", "ATLAS"}, 2))
                .extracting(Review::author)
                .containsExactlyInAnyOrder("Tony", "Grace", "Nancy");
    }

    private static Product product(Sku sku, Category category) {
        return new Product(sku, "A test", "For tests only", category, Money.euros("10.00"));
    }

    private static Review review(Sku sku, String author, LocalDate writtenOn) {
        return new Review(sku, author, 5, "Good.", writtenOn);
    }
}
