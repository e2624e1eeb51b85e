package io.orderly.kit.settings;

import java.io.Serial;

/** The store of the settings did not answer. */
public final class SettingStoreException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public SettingStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
