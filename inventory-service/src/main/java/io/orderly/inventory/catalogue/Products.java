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

    /** SKUs have no lower-case letters, and these sort above all characters of a SKU. */
    String ABOVE_ALL = "a";

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
        return category == null
                ? findAllByOrderBySku(after(after), Limit.of(limit))
                : findByCategoryOrderBySku(category, after(after), Limit.of(limit));
    }

    /**
     * A page of products with SKUs in a range, in their order. The range may be in several shards.
     *
     * @param category null for the products of all categories
     * @param from the lowest SKU, inclusive; null for no bound
     * @param to exclusive; null for no bound
     * @param after the SKU after which the page begins; null to begin with the first product
     * @param limit the maximum number of products
     */
    default Window<Product> list(
            @Nullable Category category, @Nullable Sku from, @Nullable Sku to, @Nullable Sku after, int limit) {
        if (from == null && to == null) {
            return list(category, after, limit);
        }
        String low = from == null ? "" : from.value();
        String high = to == null ? ABOVE_ALL : to.value();
        return category == null
                ? findBySkuGreaterThanEqualAndSkuLessThanOrderBySku(low, high, after(after), Limit.of(limit))
                : findByCategoryAndSkuGreaterThanEqualAndSkuLessThanOrderBySku(
                        category, low, high, after(after), Limit.of(limit));
    }

    private static ScrollPosition after(@Nullable Sku sku) {
        return sku == null ? ScrollPosition.keyset() : ScrollPosition.forward(Map.of("sku", sku.value()));
    }

    Window<Product> findAllByOrderBySku(ScrollPosition start, Limit limit);

    Window<Product> findByCategoryOrderBySku(Category category, ScrollPosition start, Limit limit);

    Window<Product> findBySkuGreaterThanEqualAndSkuLessThanOrderBySku(
            String from, String to, ScrollPosition start, Limit limit);

    Window<Product> findByCategoryAndSkuGreaterThanEqualAndSkuLessThanOrderBySku(
            Category category, String from, String to, ScrollPosition start, Limit limit);

    /** Reads the product and locks its row until the end of the transaction. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select product from Product product where product.sku = :sku")
    Optional<Product> lock(String sku);

    <S extends Product> List<S> saveAll(Iterable<S> newProducts);
}
