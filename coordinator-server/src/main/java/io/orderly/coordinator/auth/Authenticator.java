package io.orderly.coordinator.auth;

import io.orderly.coordinator.store.AuthState;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.Secret;
import io.orderly.coordinator.store.User;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Checks passwords and issues tokens. Hashes are computed on one thread, so that they take at most one processor from the member, whatever
 * number of clients authenticate; futures complete on that thread. A future fails with {@link RejectedExecutionException} if too many wait. A
 * password that was right before does not wait: requests with wrong ones must not keep users out.
 */
public final class Authenticator implements AutoCloseable {

    private static final int TOKEN_KEY_BYTES = 32;

    private final PasswordHashes hashes;
    private final Tokens tokens;
    private final SecureRandom random = new SecureRandom();
    private final VerifiedPasswords verified = new VerifiedPasswords(random);
    private final ExecutorService thread;

    /** Compared with passwords for users that do not exist: the time of a refusal must not tell which users do. */
    private Secret ofUnknownUser = Secret.NONE;

    /**
     * @param iterations of the hashes of new passwords
     * @param maxWaiting requests that wait for the thread
     */
    public Authenticator(Tokens tokens, int iterations, int maxWaiting) {
        this.tokens = tokens;
        hashes = new PasswordHashes(iterations, random);
        thread = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(maxWaiting),
                Thread.ofPlatform().name("password-hashes").daemon().factory());
    }

    public CompletableFuture<Secret> hash(String password) {
        return later(() -> hashes.hash(password));
    }

    /**
     * @param isCancelled whether an answer is not needed any more; then no hash is computed
     * @return a token; empty if there is no such user, or its password is another one
     */
    public CompletableFuture<Optional<String>> authenticate(
            String name, String password, AuthState auth, BooleanSupplier isCancelled) {
        Optional<User> user = auth.user(name);
        Optional<User> known = user.filter(found -> verified.contains(found, password));
        return known.isPresent()
                ? CompletableFuture.completedFuture(known.map(found -> tokens.issue(found, auth)))
                : later(() -> isCancelled.getAsBoolean() ? Optional.empty() : verify(user, password, auth));
    }

    /** On the thread for hashes. */
    private Optional<String> verify(Optional<User> user, String password, AuthState auth) {
        boolean isRight = hashes.matches(password, user.map(User::password).orElseGet(this::ofUnknownUser));
        return user.filter(_ -> isRight).map(authenticated -> {
            verified.add(authenticated, password, auth);
            return tokens.issue(authenticated, auth);
        });
    }

    /** On the thread for hashes. */
    private Secret ofUnknownUser() {
        if (ofUnknownUser.isNone()) {
            ofUnknownUser = hashes.hash("");
        }
        return ofUnknownUser;
    }

    /** A new key for tokens. */
    public Secret tokenKey() {
        byte[] key = new byte[TOKEN_KEY_BYTES];
        random.nextBytes(key);
        return new Secret(Bytes.of(key));
    }

    private <T> CompletableFuture<T> later(Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(work, thread);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
