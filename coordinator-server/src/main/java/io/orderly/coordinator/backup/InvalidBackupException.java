package io.orderly.coordinator.backup;

import java.io.IOException;
import java.nio.file.Path;

/** A file is no backup, or not a whole one, or another one than was expected. */
public final class InvalidBackupException extends IOException {

    private static final long serialVersionUID = 1;

    public InvalidBackupException(Path file, String reason) {
        super("%s is no backup that can be restored: %s".formatted(file, reason));
    }
}
