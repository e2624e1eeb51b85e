package io.orderly.coordinator.log;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A node does not start on this folder. The message says what was found, where, and what an operator must do. */
public final class UnusableFolderException extends IOException {

    public UnusableFolderException(String message) {
        this(message, null);
    }

    public UnusableFolderException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
