package io.orderly.kit.idempotency;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Tells a repeated request from another one that bears the same key.
 *
 * @param sha256 64 hex digits, over method, path with query, and the bytes of the body
 */
public record Fingerprint(String sha256) {

    /** @param target path and query as sent */
    public static Fingerprint of(String method, String target, byte[] body) {
        MessageDigest digest = newDigest();
        // Each part goes with its length, so that no two requests spell the same bytes.
        for (byte[] part :
                new byte[][] {method.getBytes(StandardCharsets.UTF_8), target.getBytes(StandardCharsets.UTF_8), body}) {
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).flip());
            digest.update(part);
        }
        return new Fingerprint(HexFormat.of().formatHex(digest.digest()));
    }

    static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
