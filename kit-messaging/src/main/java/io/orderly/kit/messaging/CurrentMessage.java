package io.orderly.kit.messaging;

import java.util.Optional;

/** The message that the current thread is handling, if any. It is the cause of the messages that the thread sends. */
public final class CurrentMessage {

    private static final ScopedValue<MessageMetadata> CURRENT = ScopedValue.newInstance();

    private CurrentMessage() {}

    public static Optional<MessageMetadata> get() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }

    /** Runs the work with this message as the current message. */
    public static void during(MessageMetadata message, Runnable work) {
        ScopedValue.where(CURRENT, message).run(work);
    }
}
