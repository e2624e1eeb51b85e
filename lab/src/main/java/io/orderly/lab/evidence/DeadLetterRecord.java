package io.orderly.lab.evidence;

import org.jspecify.annotations.Nullable;

/**
 * A record that a service has published on a dead-letter topic.
 *
 * @param key the first {@link #KEY_CHARACTERS} characters of the key; empty without a key
 * @param type printable; null without a type
 * @param cause printable
 */
public record DeadLetterRecord(
        String topic, String key, @Nullable String type, String cause) {

    /**
     * How many characters of a dead letter's key are read. A key can have a million characters, and if the message is
     * too large to be copied, the key of the copy is truncated.
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
