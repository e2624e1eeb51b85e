package io.orderly.order.catalogue;

import io.orderly.contracts.Topic;
import io.orderly.contracts.UnreadableMessageException;
import io.orderly.contracts.inventory.ProductChanged;
import io.orderly.kit.consuming.MessageHandler;
import io.orderly.kit.messaging.IncomingMessage;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Keeps the catalogue up to date with what the inventory-service tells of its products. */
@Component
class CatalogueFeed implements MessageHandler {

    private final Catalogue catalogue;

    CatalogueFeed(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    @Override
    public Topic topic() {
        return Topic.PRODUCTS;
    }

    @Override
    public Work begin(List<IncomingMessage> batch) {
        List<ProductChanged> changes = new ArrayList<>(batch.size());
        return new Work() {
            @Override
            public void handle(IncomingMessage message) {
                if (!(message.payload() instanceof ProductChanged change)) {
                    throw new UnreadableMessageException(message.metadata().type() + " is no news of a product", null);
                }
                changes.add(change);
            }

            @Override
            public void complete() {
                catalogue.keepLatest(changes);
            }
        };
    }
}
