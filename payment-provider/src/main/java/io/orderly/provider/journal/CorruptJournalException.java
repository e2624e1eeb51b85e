package io.orderly.provider.journal;

import java.nio.file.Path;

/** The journal holds something that was never written so. Nothing is repaired: a person has to look. */
public final class CorruptJournalException extends RuntimeException {

    private static final long serialVersionUID = 1;

    CorruptJournalException(Path file, long position, String finding) {
        super("%s is corrupt at byte %d: %s".formatted(file, position, finding));
    }
}
