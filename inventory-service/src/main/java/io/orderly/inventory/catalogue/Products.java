package io.orderly.inventory.catalogue;

import io.orderly.contracts.Sku;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Window;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Reads, locks and stores products. */
public interface Products extends Repository<Product, String> {

    /** @return empty if the product does not exist */
    Optional<Product> findById(String sku);

    /**
     * A page of products in the order of their SKUs.
     *
     * @param category null for the products of all categories
     * @param after the SKU after which the page begins; null to begin with the first product
     * @param limit the maximum number of products
     */
    default Window<Product> list(@Nullable Category category, @Nullable Sku after, int limit) {
        ScrollPosition start =
                after == null ? ScrollPosition.keyset() : ScrollPosition.forward(Map.of("sku", after.value()));
        return category == null
                ? findAllByOrderBySku(start, Limit.of(limit))
                : findByCategoryOrderBySku(category, start, Limit.of(limit));
    }

    Window<Product> findAllByOrderBySku(ScrollPosition start, Limit limit);

    Window<Product> findByCategoryOrderBySku(Category category, ScrollPosition start, Limit limit);

    /** Reads the product and locks its row until the end of the transaction. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select product from Product product where product.sku = :sku")
    Optional<Product> lock(String sku);

    <S extends Product> List<S> saveAll(Iterable<S> newProducts);
}
