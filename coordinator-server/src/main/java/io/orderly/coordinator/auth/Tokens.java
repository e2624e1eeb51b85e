package io.orderly.coordinator.auth;

import io.orderly.coordinator.store.AuthState;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.Caller;
import io.orderly.coordinator.store.User;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tokens of users, signed with a key that is replicated: each member verifies them by itself, without the log. A token tells the user, the
 * revision of its password, and until when it is valid by the clocks of the members; it tells nothing of what the user may do. Its text is
 * {@code expiry.passwordRevision.user.signature}, numbers in hexadecimal and the rest in base64.
 */
public final class Tokens {

    private static final String ALGORITHM = "HmacSHA256";
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    private final InstantSource clock;
    private final Duration ttl;

    /** @param clock the wall clock of this member */
    public Tokens(InstantSource clock, Duration ttl) {
        this.clock = clock;
        this.ttl = ttl;
    }

    /** @param auth enabled, with this user */
    String issue(User user, AuthState auth) {
        String content = "%x.%x.%s"
                .formatted(
                        clock.instant().plus(ttl).getEpochSecond(),
                        user.passwordRevision(),
                        ENCODER.encodeToString(user.name().getBytes(StandardCharsets.UTF_8)));
        return content + '.' + ENCODER.encodeToString(signature(content, auth));
    }

    /** @return {@link Caller#UNKNOWN} if the token is malformed, not signed with the current key, or has expired */
    public Caller callerOf(String token, AuthState auth) {
        int end = token.lastIndexOf('.');
        if (end < 0 || auth.tokenKey().isNone()) {
            return Caller.UNKNOWN;
        }
        String content = token.substring(0, end);
        String[] parts = content.split("\\.", -1);
        try {
            boolean isSigned =
                    MessageDigest.isEqual(signature(content, auth), DECODER.decode(token.substring(end + 1)));
            boolean isCurrent = isSigned
                    && parts.length == 3
                    && Long.parseLong(parts[0], 16) > clock.instant().getEpochSecond();
            return isCurrent
                    ? new Caller(
                            new String(DECODER.decode(parts[2]), StandardCharsets.UTF_8), Long.parseLong(parts[1], 16))
                    : Caller.UNKNOWN;
        } catch (IllegalArgumentException _) {
            return Caller.UNKNOWN;
        }
    }

    private static byte[] signature(String content, AuthState auth) {
        Bytes key = auth.tokenKey().content();
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.toByteArray(), ALGORITHM));
            return mac.doFinal(content.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no " + ALGORITHM, e);
        }
    }
}
