package io.orderly.kit.session;

import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * The highest revision that a client has seen, as text that is opaque to clients.
 *
 * @param revision of the catalogue; 0 if the client has seen no change
 */
record SessionToken(long revision) {

    static final SessionToken EMPTY = new SessionToken(0);

    static final int LENGTH = 12;

    /** So that tokens of another format can be told apart. */
    private static final byte FORMAT = 1;

    private static final int BYTES = 1 + Long.BYTES;

    /** @throws IllegalArgumentException if the revision is negative */
    SessionToken {
        if (revision < 0) {
            throw new IllegalArgumentException("a revision is not negative: " + revision);
        }
    }

    /** @throws IllegalArgumentException if the text is not a token in the format of {@link #toString} */
    static SessionToken of(String text) {
        if (text.length() == LENGTH) {
            try {
                ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
                if (bytes.remaining() == BYTES && bytes.get() == FORMAT) {
                    return new SessionToken(bytes.getLong());
                }
            } catch (IllegalArgumentException _) {
                // reported below
            }
        }
        throw new IllegalArgumentException("is not a token of a response");
    }

    @Override
    public String toString() {
        byte[] bytes = ByteBuffer.allocate(BYTES).put(FORMAT).putLong(revision).array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
