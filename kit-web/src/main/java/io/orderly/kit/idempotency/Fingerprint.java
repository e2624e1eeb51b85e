package io.orderly.kit.idempotency;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Distinguishes a repeated request from a different request with the same key.
 *
 * @param sha256 64 hex digits
 */
public record Fingerprint(String sha256) {

    /** Leaves out null values, because an absent field and null are parsed alike. */
    private static final JsonMapper CANONICAL = JsonMapper.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .changeDefaultPropertyInclusion(
                    _ -> JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();

    /**
     * @param target path and query as received
     * @param body the parsed body
     */
    static Fingerprint of(String target, Object body) {
        return of("", target, CANONICAL.writeValueAsBytes(body));
    }

    /**
     * @param target path and query as received
     * @param body the body as received
     */
    public static Fingerprint of(String method, String target, byte[] body) {
        MessageDigest digest = newDigest();
        // Each part is prefixed with its length, so that different requests give different bytes.
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
            throw new IllegalStateException("SHA-256 is always available", e);
        }
    }
}
