package io.orderly.order.catalogue;

import io.orderly.contracts.Sku;
import io.orderly.contracts.Topic;
import io.orderly.contracts.UnreadableMessageException;
import io.orderly.contracts.inventory.ProductChanged;
import io.orderly.kit.consuming.MessageBatch;
import io.orderly.kit.consuming.MessageHandler;
import io.orderly.kit.messaging.IncomingMessage;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Updates the local copy of the catalogue from the product changes that the inventory-service publishes. */
@Component
class ProductChangeHandler implements MessageHandler {

    private final CatalogueProducts products;

    ProductChangeHandler(CatalogueProducts products) {
        this.products = products;
    }

    @Override
    public Topic topic() {
        return Topic.PRODUCTS;
    }

    @Override
    public void handle(MessageBatch batch) {
        List<ProductChanged> changes =
                batch.messages().stream().map(ProductChangeHandler::changeOf).toList();
        Map<Sku, CatalogueProduct> known = lock(changes);
        for (ProductChanged change : changes) {
            known.computeIfAbsent(change.sku(), _ -> new CatalogueProduct(change))
                    .apply(change);
        }
        known.values().stream().filter(CatalogueProduct::isNew).forEach(products::save);
    }

    /** Sorted by SKU, so that new products are inserted in the order in which rows are locked. */
    private SortedMap<Sku, CatalogueProduct> lock(Collection<ProductChanged> changes) {
        String[] skus =
                changes.stream().map(change -> change.sku().value()).distinct().toArray(String[]::new);
        return products.lock(skus).stream()
                .collect(Collectors.toMap(
                        CatalogueProduct::sku, Function.identity(), (first, _) -> first, TreeMap::new));
    }

    private static ProductChanged changeOf(IncomingMessage message) {
        if (message.payload() instanceof ProductChanged change) {
            return change;
        }
        throw new UnreadableMessageException(message.metadata().type() + " is not a product change", null);
    }
}
