package io.orderly.kit.consuming;

import io.orderly.kit.messaging.IncomingMessage;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The messages that are handled in one transaction. */
public final class MessageBatch {

    private final List<IncomingMessage> messages;
    private final boolean assumedNew;
    private final BiConsumer<IncomingMessage, Runnable> context;

    /** @param context runs an action in the context of a message */
    MessageBatch(List<IncomingMessage> messages, boolean assumedNew, BiConsumer<IncomingMessage, Runnable> context) {
        this.messages = List.copyOf(messages);
        this.assumedNew = assumedNew;
        this.context = context;
    }

    /** All messages, in the order of their delivery; at least one. */
    public List<IncomingMessage> messages() {
        return messages;
    }

    /**
     * Calls the action for each message in order, in the trace of the message and with the message as the cause of all
     * messages that the action sends. Call {@link io.orderly.kit.outbox.Outbox#append} only in here.
     */
    public void forEach(Consumer<IncomingMessage> action) {
        messages.forEach(message -> context.accept(message, () -> action.accept(message)));
    }

    /**
     * Whether the handler may assume that no message was handled before. If that is wrong, the commit must fail with a
     * {@link org.springframework.dao.DuplicateKeyException}; the batch is then retried without the assumption.
     */
    public boolean assumedNew() {
        return assumedNew;
    }
}
