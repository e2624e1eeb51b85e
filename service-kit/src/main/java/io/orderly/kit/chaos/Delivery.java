package io.orderly.kit.chaos;

import io.orderly.kit.messaging.RawMessage;
import java.util.List;
import java.util.function.Consumer;

/** Hands the records that a consumer received to the one who handles them. */
@FunctionalInterface
public interface Delivery {

    /** Each record once, in order, at once. */
    Delivery FAITHFUL = (batch, handler) -> handler.accept(batch);

    /**
     * Returns when all of the batch was handled, so that it may be acknowledged to the broker.
     *
     * @param batch of one topic
     * @param handler may be called several times, always by the calling thread; what it throws is thrown here
     */
    void deliver(List<RawMessage> batch, Consumer<List<RawMessage>> handler);
}
