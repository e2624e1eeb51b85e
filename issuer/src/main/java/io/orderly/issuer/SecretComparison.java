package io.orderly.issuer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Compares secrets in a time that does not depend on where they differ. They are random and end with the process, so a hash that is slow to
 * compute would protect nothing.
 */
final class SecretComparison implements PasswordEncoder {

    @Override
    public @Nullable String encode(@Nullable CharSequence secret) {
        return secret == null ? null : secret.toString();
    }

    @Override
    public boolean matches(@Nullable CharSequence sent, @Nullable String expected) {
        return sent != null
                && expected != null
                && MessageDigest.isEqual(sent.toString().getBytes(UTF_8), expected.getBytes(UTF_8));
    }
}
