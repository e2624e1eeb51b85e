package io.orderly.coordinator.rest;

import io.orderly.coordinator.store.Bytes;
import io.orderly.kit.web.ProblemException;
import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * The end of a page. All pages of a list are read at the revision of the first one, so that no key is missing or returned twice.
 *
 * @param revision of the list
 * @param last the last key of the page
 */
record Cursor(long revision, Bytes last) {

    /** An opaque text for clients. */
    String toText() {
        byte[] key = last.toByteArray();
        byte[] bytes = ByteBuffer.allocate(Long.BYTES + key.length)
                .putLong(revision)
                .put(key)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** @throws ProblemException if the text is not from {@link #toText()} */
    static Cursor parse(String text) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (bytes.remaining() > Long.BYTES) {
                long revision = bytes.getLong();
                byte[] key = new byte[bytes.remaining()];
                bytes.get(key);
                if (revision > 0) {
                    return new Cursor(revision, Bytes.of(key));
                }
            }
        } catch (IllegalArgumentException _) {
            // reported below, like a cursor that is too short
        }
        throw ProblemException.invalid("cursor", "must be the next of an earlier page");
    }
}
