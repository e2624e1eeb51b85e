package io.orderly.provider.journal;

import java.nio.file.Path;

/**
 * The journal contains a record that was not written in this form. It is not repaired automatically, because
 * acknowledged changes may be lost.
 */
public final class CorruptJournalException extends RuntimeException {

    private static final long serialVersionUID = 1;

    CorruptJournalException(Path file, long position, String finding) {
        super("%s is corrupt at byte %d: %s".formatted(file, position, finding));
    }
}
