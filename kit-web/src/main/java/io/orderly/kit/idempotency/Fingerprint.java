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
 * Tells a repeated request from another one that bears the same key.
 *
 * @param sha256 64 hex digits
 */
public record Fingerprint(String sha256) {

    /** Absent and null are the same to those who parse a body, so they are the same here. */
    private static final JsonMapper CANONICAL = JsonMapper.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .changeDefaultPropertyInclusion(
                    _ -> JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();

    /**
     * @param target path and query as sent
     * @param body as it was parsed
     */
    static Fingerprint of(String target, Object body) {
        return of("", target, CANONICAL.writeValueAsBytes(body));
    }

    /**
     * @param target path and query as sent
     * @param body as sent
     */
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
