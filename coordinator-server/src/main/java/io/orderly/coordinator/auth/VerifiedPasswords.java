package io.orderly.coordinator.auth;

import io.orderly.coordinator.store.AuthState;
import io.orderly.coordinator.store.Secret;
import io.orderly.coordinator.store.User;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The passwords that were right before, so that they need not be hashed again while many others wait to be. Of each there is a code under a key
 * that only this process has: HMAC-SHA256. It counts as long as the user has the same hash of its password. For any thread.
 */
final class VerifiedPasswords {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final SecretKeySpec key;

    /** By the name of the user; at most as many as there are users. */
    private final Map<String, Verified> verified = new ConcurrentHashMap<>();

    private record Verified(Secret hash, byte[] code) {}

    VerifiedPasswords(SecureRandom random) {
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        key = new SecretKeySpec(bytes, ALGORITHM);
    }

    /** Whether this password of a user was right before, and still is. */
    boolean contains(User user, String password) {
        Verified known = verified.get(user.name());
        if (known == null) {
            return false;
        }
        if (!known.hash.equals(user.password())) {
            verified.remove(user.name(), known);
            return false;
        }
        return MessageDigest.isEqual(known.code, code(password));
    }

    /** @param auth with the user, whose password is right */
    void add(User user, String password, AuthState auth) {
        verified.put(user.name(), new Verified(user.password(), code(password)));
        if (verified.size() > auth.users().size()) {
            verified.keySet().removeIf(name -> auth.user(name).isEmpty());
        }
    }

    private byte[] code(String password) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(password.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no " + ALGORITHM, e);
        }
    }
}
