package io.orderly.order.catalogue;

import io.orderly.contracts.Topic;
import io.orderly.contracts.UnreadableMessageException;
import io.orderly.contracts.inventory.ProductChanged;
import io.orderly.kit.consuming.MessageBatch;
import io.orderly.kit.consuming.MessageHandler;
import io.orderly.kit.messaging.IncomingMessage;
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
    public void handle(MessageBatch batch) {
        catalogue.keepLatest(
                batch.messages().stream().map(CatalogueFeed::changeIn).toList());
    }

    private static ProductChanged changeIn(IncomingMessage message) {
        if (message.payload() instanceof ProductChanged change) {
            return change;
        }
        throw new UnreadableMessageException(message.metadata().type() + " is no news of a product", null);
    }
}
