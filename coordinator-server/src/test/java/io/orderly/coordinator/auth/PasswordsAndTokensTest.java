package io.orderly.coordinator.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.coordinator.store.AuthChange;
import io.orderly.coordinator.store.AuthState;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.Caller;
import io.orderly.coordinator.store.Secret;
import io.orderly.coordinator.store.Store;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreListener;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsAndTokensTest {

    private static final Duration TTL = Duration.ofMinutes(5);
    private static final Secret KEY = new Secret(Bytes.utf8("a key of this cluster"));

    private final PasswordHashes hashes = new PasswordHashes(1_000, new SecureRandom());
    private Instant now = Instant.parse("2026-11-29T12:00:00Z");
    private final Tokens tokens = new Tokens(() -> now, TTL);

    /** With the user root, and with ada. */
    private AuthState enabled(Secret key, String password) {
        var store = new Store(new StoreListener() {});
        for (AuthChange change : new AuthChange[] {
            new AuthChange.AddUser("root", Secret.NONE),
            new AuthChange.GrantRole("root", "root"),
            new AuthChange.AddUser("ada", hashes.hash(password)),
            new AuthChange.Enable(key)
        }) {
            store.apply(new StoreCommand.ChangeAuth(change));
        }
        return store.now().auth();
    }

    private String issue(AuthState auth) {
        return tokens.issue(auth.user("ada").orElseThrow(), auth);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "p\u00e4\u1234",
                "a password that is longer than the seventy-two bytes of bcrypt, by a few words more"
            })
    void aPasswordMatchesItsHashAlone(String password) {
        Secret hash = hashes.hash(password);
        assertThat(hashes.matches(password, hash)).isTrue();
        assertThat(hashes.matches(password + "x", hash)).isFalse();
        assertThat(hashes.hash(password)).as("another salt").isNotEqualTo(hash);
        assertThat(new PasswordHashes(2_000, new SecureRandom()).matches(password, hash))
                .as("its own iterations")
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "pbkdf2-sha512$1000$AAAA",
                "pbkdf2-sha512$0$AAAA$AAAA",
                "pbkdf2-sha512$x$AAAA$AAAA",
                "pbkdf2-sha512$99999999$AAAA$AAAA",
                "pbkdf2-sha512$1000$$AAAA",
                "pbkdf2-sha512$1000$?$AAAA"
            })
    void whatIsNoHashMatchesNothing(String text) {
        assertThat(hashes.matches("secret", new Secret(Bytes.utf8(text)))).isFalse();
    }

    @Test
    void aTokenNamesItsUserUntilItExpires() {
        AuthState auth = enabled(KEY, "secret");
        String token = issue(auth);
        assertThat(tokens.callerOf(token, auth))
                .isEqualTo(new Caller("ada", auth.user("ada").orElseThrow().passwordRevision()));
        now = now.plus(TTL).minusSeconds(1);
        assertThat(tokens.callerOf(token, auth)).isNotEqualTo(Caller.UNKNOWN);
        now = now.plusSeconds(1);
        assertThat(tokens.callerOf(token, auth)).isEqualTo(Caller.UNKNOWN);
    }

    @Test
    void aTokenOfAnotherKeyIsNotValid() {
        String token = issue(enabled(KEY, "secret"));
        AuthState other = enabled(new Secret(Bytes.utf8("another key")), "secret");
        assertThat(tokens.callerOf(token, other)).isEqualTo(Caller.UNKNOWN);
        assertThat(tokens.callerOf(
                        token, new Store(new StoreListener() {}).now().auth()))
                .as("it was never enabled")
                .isEqualTo(Caller.UNKNOWN);
    }

    @Test
    void aTokenThatWasChangedAnywhereIsNotValid() {
        AuthState auth = enabled(KEY, "secret");
        String token = issue(auth);
        // of the last letter, two bits count for nothing
        for (int at = 0; at < token.length() - 1; at++) {
            String changed = token.substring(0, at) + (token.charAt(at) == 'b' ? 'c' : 'b') + token.substring(at + 1);
            assertThat(tokens.callerOf(changed, auth)).as(changed).isEqualTo(Caller.UNKNOWN);
            assertThat(tokens.callerOf(token.substring(0, at), auth)).isEqualTo(Caller.UNKNOWN);
        }
        assertThat(tokens.callerOf("", auth)).isEqualTo(Caller.UNKNOWN);
        assertThat(tokens.callerOf("...", auth)).isEqualTo(Caller.UNKNOWN);
        assertThat(tokens.callerOf("a.b.\u00e4.?", auth)).isEqualTo(Caller.UNKNOWN);
    }

    @Test
    void aTokenIsIssuedForTheRightPassword() throws Exception {
        AuthState auth = enabled(KEY, "secret");
        try (var authenticator = new Authenticator(tokens, 1_000, 4)) {
            Optional<String> token = authenticator
                    .authenticate("ada", "secret", auth, () -> false)
                    .get();
            assertThat(tokens.callerOf(token.orElseThrow(), auth).user()).isEqualTo("ada");
            assertThat(authenticator
                            .authenticate("ada", "other", auth, () -> false)
                            .get())
                    .isEmpty();
            assertThat(authenticator
                            .authenticate("bob", "secret", auth, () -> false)
                            .get())
                    .isEmpty();
            assertThat(authenticator.authenticate("bob", "", auth, () -> false).get())
                    .isEmpty();
            assertThat(authenticator.authenticate("root", "", auth, () -> false).get())
                    .as("a user without a password")
                    .isEmpty();
            assertThat(authenticator.tokenKey()).isNotEqualTo(authenticator.tokenKey());
        }
    }

    @Test
    void aPasswordThatWasRightBeforeWaitsForNoOther() throws Exception {
        AuthState auth = enabled(KEY, "secret");
        var isBusy = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        try (var authenticator = new Authenticator(tokens, 1_000, 1)) {
            authenticator.authenticate("ada", "secret", auth, () -> false).get();
            authenticator.authenticate("bob", "x", auth, () -> {
                isBusy.countDown();
                return awaited(end);
            });
            isBusy.await();
            CompletableFuture<Secret> waiting = authenticator.hash("y");
            assertThat(authenticator.authenticate("ada", "other", auth, () -> false))
                    .isCompletedExceptionally();
            Optional<String> token = authenticator
                    .authenticate("ada", "secret", auth, () -> false)
                    .getNow(Optional.empty());
            assertThat(tokens.callerOf(token.orElseThrow(), auth).user()).isEqualTo("ada");
            assertThat(waiting).isNotDone();
            assertThat(authenticator.authenticate("ada", "secret", enabled(KEY, "secret"), () -> false))
                    .as("its hash is another one")
                    .isCompletedExceptionally();
        } finally {
            end.countDown();
        }
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            return true;
        }
    }

    @Test
    void aCallThatWasCancelledIsNotHashed() throws Exception {
        AuthState auth = enabled(KEY, "secret");
        try (var authenticator = new Authenticator(tokens, 1_000, 4)) {
            assertThat(authenticator
                            .authenticate("ada", "secret", auth, () -> true)
                            .get())
                    .isEmpty();
        }
    }

    @Test
    void passwordsThatWaitAreLimited() {
        try (var authenticator = new Authenticator(tokens, 200_000, 1)) {
            var all = IntStream.range(0, 20)
                    .mapToObj(_ -> authenticator.hash("secret"))
                    .toList();
            assertThat(all.stream()
                            .filter(CompletableFuture::isCompletedExceptionally)
                            .map(CompletableFuture::exceptionNow))
                    .isNotEmpty()
                    .allMatch(RejectedExecutionException.class::isInstance);
        }
    }
}
