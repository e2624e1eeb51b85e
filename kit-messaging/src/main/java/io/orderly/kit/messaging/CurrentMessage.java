package io.orderly.kit.messaging;

import java.util.Optional;

/** The message that the current thread is handling, if any: the cause of whatever it sends. */
public final class CurrentMessage {

    private static final ScopedValue<MessageMetadata> CURRENT = ScopedValue.newInstance();

    private CurrentMessage() {}

    public static Optional<MessageMetadata> get() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }

    /** Runs the work as part of handling this message. */
    public static void during(MessageMetadata message, Runnable work) {
        ScopedValue.where(CURRENT, message).run(work);
    }
}
