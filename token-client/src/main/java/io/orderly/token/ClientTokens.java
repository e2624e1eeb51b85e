package io.orderly.token;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The tokens of a client. Each one is used for three quarters of its life, and longer if the issuer does not grant another one then. While
 * a thread fetches a token, the others wait for it.
 */
public final class ClientTokens implements Tokens {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int OK = 200;
    private static final int MAX_ANSWER_BYTES = 64 << 10;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** How long to use a token that could not be renewed, before the next attempt. */
    private static final long RETRY_NANOS = Duration.ofSeconds(5).toNanos();

    /** The life of a token of an issuer that does not say how long it is. */
    private static final int DEFAULT_LIFE_SECONDS = 60;

    /** The codes of OAuth; any other text of an answer is not shown. */
    private static final Pattern ERROR = Pattern.compile("[a-z_]{1,60}");

    private final ClientCredentials credentials;
    private final HttpClient http;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Granted granted;

    /**
     * @param renewNanos when to get another one
     * @param endNanos when it is no longer valid
     */
    private record Granted(String token, long renewNanos, long endNanos) {}

    /** @param http sends the requests to the issuer */
    public ClientTokens(ClientCredentials credentials, HttpClient http) {
        this(credentials, http, System::nanoTime);
    }

    ClientTokens(ClientCredentials credentials, HttpClient http, LongSupplier nanoTime) {
        this.credentials = credentials;
        this.http = http;
        this.nanoTime = nanoTime;
    }

    /** @throws IOException if the issuer does not answer, or refuses */
    @Override
    public String current() throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            Granted kept = granted;
            Granted next = kept == null || nanoTime.getAsLong() - kept.renewNanos() >= 0 ? renewed(kept) : kept;
            granted = next;
            return next.token();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void refused(String token) {
        lock.lock();
        try {
            if (granted != null && granted.token().equals(token)) {
                granted = null;
            }
        } finally {
            lock.unlock();
        }
    }

    private Granted renewed(@Nullable Granted kept) throws IOException, InterruptedException {
        try {
            return fetch();
        } catch (IOException e) {
            long now = nanoTime.getAsLong();
            if (kept == null || now - kept.endNanos() >= 0) {
                throw e;
            }
            return new Granted(kept.token(), now + RETRY_NANOS, kept.endNanos());
        }
    }

    private Granted fetch() throws IOException, InterruptedException {
        long beforeNanos = nanoTime.getAsLong();
        HttpResponse<String> answer;
        try {
            answer = http.send(
                    HttpRequest.newBuilder(credentials.tokenEndpoint())
                            .timeout(TIMEOUT)
                            .header("Authorization", credentials.basic())
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .header("Accept", "application/json")
                            .POST(BodyPublishers.ofString(credentials.form()))
                            .build(),
                    BodyHandlers.limiting(BodyHandlers.ofString(), MAX_ANSWER_BYTES));
        } catch (IOException e) {
            throw new IOException("no token for %s: %s".formatted(credentials, e), e);
        }
        JsonNode body = body(answer);
        String token = body.path("access_token").asString("");
        if (answer.statusCode() != OK || token.isEmpty()) {
            String error = body.path("error").asString("");
            throw new IOException("no token for %s: %d %s"
                    .formatted(
                            credentials,
                            answer.statusCode(),
                            ERROR.matcher(error).matches() ? error : "")
                    .strip());
        }
        long lifeNanos = Duration.ofSeconds(body.path("expires_in").asInt(DEFAULT_LIFE_SECONDS))
                .toNanos();
        return new Granted(token, beforeNanos + lifeNanos / 4 * 3, beforeNanos + lifeNanos);
    }

    private JsonNode body(HttpResponse<String> answer) throws IOException {
        try {
            return JSON.readTree(answer.body());
        } catch (JacksonException e) {
            throw new IOException("no token for %s: %d without JSON".formatted(credentials, answer.statusCode()), e);
        }
    }
}
