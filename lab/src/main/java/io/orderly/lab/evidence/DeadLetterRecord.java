package io.orderly.lab.evidence;

import org.jspecify.annotations.Nullable;

/**
 * A record that a service has put on a dead-letter topic.
 *
 * @param key its first {@link #KEY_CHARACTERS} characters; empty if it has none
 * @param type printable; null if it has none
 * @param cause printable
 */
public record DeadLetterRecord(
        String topic, String key, @Nullable String type, String cause) {

    /**
     * How much of the key of a dead letter is read. A key may have a million characters, and where the message is too large
     * to be copied, that of the copy is shorter than that of the letter.
     */
    static final int KEY_CHARACTERS = 200;

    static String beginningOf(@Nullable String key) {
        if (key == null) {
            return "";
        }
        return key.codePointCount(0, key.length()) <= KEY_CHARACTERS
                ? key
                : key.substring(0, key.offsetByCodePoints(0, KEY_CHARACTERS));
    }
}
