package io.orderly.order.catalogue;

import io.orderly.contracts.Money;
import io.orderly.contracts.Sku;
import io.orderly.contracts.inventory.ProductChanged;
import io.orderly.order.rows.JsonRows;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The products that can be ordered, each at the latest price this service has heard of. */
@Repository
public class Catalogue {

    private static final String PRICES =
            "select sku, price, currency from catalogue_products where sku = any(?::text[])";
    // in the order of the SKUs, so that two instances that hear of the same products take their locks in one order
    private static final String KEEP_LATEST = """
            insert into catalogue_products as known
            select * from json_populate_recordset(null::catalogue_products, ?::json) order by sku
            on conflict (sku) do update
               set name = excluded.name, price = excluded.price, currency = excluded.currency, version = excluded.version
             where excluded.version > known.version""";

    private final JdbcClient jdbc;

    Catalogue(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The prices of those of the products that are known. */
    public Map<Sku, Money> prices(Collection<Sku> skus) {
        Map<Sku, Money> prices = new HashMap<>();
        jdbc.sql(PRICES)
                .param(skus.stream().map(Sku::value).toArray(String[]::new))
                .query(row -> {
                    prices.put(
                            new Sku(row.getString("sku")),
                            new Money(row.getBigDecimal("price"), row.getString("currency")));
                });
        return prices;
    }

    /** Takes these products over, unless a later version of them is known already. */
    void keepLatest(Collection<ProductChanged> products) {
        Map<Sku, ProductChanged> latest = new HashMap<>();
        for (ProductChanged product : products) {
            latest.merge(product.sku(), product, (one, other) -> one.version() > other.version() ? one : other);
        }
        jdbc.sql(KEEP_LATEST)
                .param(JsonRows.of(latest.values().stream().map(Row::of).toList()))
                .update();
    }

    private record Row(String sku, String name, BigDecimal price, String currency, long version) {

        static Row of(ProductChanged product) {
            return new Row(
                    product.sku().value(),
                    product.name(),
                    product.price().amount(),
                    product.price().currency(),
                    product.version());
        }
    }
}
