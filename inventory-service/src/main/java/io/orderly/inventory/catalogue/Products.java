package io.orderly.inventory.catalogue;

import io.orderly.contracts.Money;
import io.orderly.contracts.Sku;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** All products. */
@Repository
public class Products {

    private static final String COLUMNS = "sku, name, description, category, price, currency, version";

    private final JdbcClient jdbc;

    Products(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Optional<Product> find(Sku sku) {
        return jdbc.sql("select " + COLUMNS + " from products where sku = ?")
                .param(sku.value())
                .query(Products::product)
                .optional();
    }

    /**
     * Products in the order of their SKUs.
     *
     * @param category of this category only; null for all
     * @param after those that come after this SKU; null to start at the beginning
     * @param limit how many at most
     */
    public List<Product> list(@Nullable Category category, @Nullable Sku after, int limit) {
        String ofCategory = category == null ? "" : "and category = :category ";
        return jdbc.sql("select " + COLUMNS + " from products where sku > :after " + ofCategory
                        + "order by sku limit :limit")
                .param("category", category == null ? null : category.name())
                .param("after", after == null ? "" : after.value())
                .param("limit", limit)
                .query(Products::product)
                .list();
    }

    /** Locks and returns the product until the transaction ends. */
    Optional<Product> lock(Sku sku) {
        return jdbc.sql("select " + COLUMNS + " from products where sku = ? for no key update")
                .param(sku.value())
                .query(Products::product)
                .optional();
    }

    /** Stores the price and version of a product that was locked before. */
    void update(Product product) {
        jdbc.sql("update products set price = ?, currency = ?, version = ? where sku = ?")
                .param(product.price().amount())
                .param(product.price().currency())
                .param(product.version())
                .param(product.sku().value())
                .update();
    }

    void insert(List<Product> products) {
        jdbc.sql("insert into products (" + COLUMNS + ") select * from unnest("
                        + "?::text[], ?::text[], ?::text[], ?::text[], ?::numeric[], ?::text[], ?::bigint[])")
                .param(products.stream().map(product -> product.sku().value()).toArray(String[]::new))
                .param(products.stream().map(Product::name).toArray(String[]::new))
                .param(products.stream().map(Product::description).toArray(String[]::new))
                .param(products.stream()
                        .map(product -> product.category().name())
                        .toArray(String[]::new))
                .param(products.stream()
                        .map(product -> product.price().amount().toPlainString())
                        .toArray(String[]::new))
                .param(products.stream()
                        .map(product -> product.price().currency())
                        .toArray(String[]::new))
                .param(products.stream().map(Product::version).toArray(Long[]::new))
                .update();
    }

    private static Product product(ResultSet row, int number) throws SQLException {
        return new Product(
                new Sku(row.getString("sku")),
                row.getString("name"),
                row.getString("description"),
                Category.valueOf(row.getString("category")),
                new Money(row.getBigDecimal("price"), row.getString("currency")),
                row.getLong("version"));
    }
}
