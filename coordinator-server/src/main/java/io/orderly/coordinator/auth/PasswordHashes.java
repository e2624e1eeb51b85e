package io.orderly.coordinator.auth;

import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.Secret;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.random.RandomGenerator;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Hashes of passwords: PBKDF2 with HMAC-SHA512 (RFC 8018), of the JDK. The text of a hash is {@code pbkdf2-sha512$iterations$salt$hash}, so
 * that hashes with other iterations stay valid. Each call takes long by intent.
 */
final class PasswordHashes {

    private static final String FORMAT = "pbkdf2-sha512";
    private static final String ALGORITHM = "PBKDF2WithHmacSHA512";
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int MAX_ITERATIONS = 10_000_000;

    private final int iterations;
    private final RandomGenerator random;

    /** @param random for salts */
    PasswordHashes(int iterations, RandomGenerator random) {
        this.iterations = iterations;
        this.random = random;
    }

    Secret hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        Base64.Encoder base64 = Base64.getEncoder();
        String text = "%s$%d$%s$%s"
                .formatted(
                        FORMAT,
                        iterations,
                        base64.encodeToString(salt),
                        base64.encodeToString(derive(password, salt, iterations)));
        return new Secret(Bytes.utf8(text));
    }

    /** @param hash of {@link #hash}; false if it is of another form */
    boolean matches(String password, Secret hash) {
        Parsed parsed = parse(hash.content().toUtf8());
        return parsed != null && MessageDigest.isEqual(derive(password, parsed.salt, parsed.iterations), parsed.hash);
    }

    private record Parsed(int iterations, byte[] salt, byte[] hash) {}

    private static @Nullable Parsed parse(String text) {
        String[] parts = text.split("\\$", -1);
        if (parts.length != 4 || !parts[0].equals(FORMAT)) {
            return null;
        }
        try {
            Base64.Decoder base64 = Base64.getDecoder();
            var parsed = new Parsed(Integer.parseInt(parts[1]), base64.decode(parts[2]), base64.decode(parts[3]));
            boolean isSound = parsed.iterations > 0 && parsed.iterations <= MAX_ITERATIONS && parsed.salt.length > 0;
            return isSound ? parsed : null;
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private static byte[] derive(String password, byte[] salt, int iterations) {
        var specification = new PBEKeySpec(password.toCharArray(), salt, iterations, HASH_BYTES * Byte.SIZE);
        try {
            return SecretKeyFactory.getInstance(ALGORITHM)
                    .generateSecret(specification)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no " + ALGORITHM, e);
        } finally {
            specification.clearPassword();
        }
    }
}
