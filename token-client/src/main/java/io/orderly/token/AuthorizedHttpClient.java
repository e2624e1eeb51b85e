package io.orderly.token;

import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * Sends a token with each request that has none, and the request once more with another token if the answer is a 401. It is for requests
 * to the services that the tokens are meant for: any other server could use the token.
 */
public final class AuthorizedHttpClient extends HttpClient {

    private static final String AUTHORIZATION = "Authorization";
    private static final int UNAUTHORIZED = 401;

    private final HttpClient http;
    private final Tokens tokens;

    /** @param http sends the requests; it is closed with this */
    public AuthorizedHttpClient(HttpClient http, Tokens tokens) {
        this.http = http;
        this.tokens = tokens;
    }

    /** @throws IOException also if there is no token; then the request was not sent */
    @Override
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> bodies)
            throws IOException, InterruptedException {
        if (request.headers().firstValue(AUTHORIZATION).isPresent()) {
            return http.send(request, bodies);
        }
        String token = tokens.current();
        HttpResponse<T> answer = http.send(with(token, request), bodies);
        if (answer.statusCode() != UNAUTHORIZED) {
            return answer;
        }
        tokens.refused(token);
        String another = tokens.current();
        return another.equals(token) ? answer : http.send(with(another, request), bodies);
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> bodies) {
        CompletableFuture<HttpResponse<T>> coming = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                coming.complete(send(request, bodies));
            } catch (Throwable e) {
                coming.completeExceptionally(e);
            }
        });
        return coming;
    }

    /** Not supported. */
    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, BodyHandler<T> bodies, @Nullable PushPromiseHandler<T> pushes) {
        throw new UnsupportedOperationException("pushed responses");
    }

    private static HttpRequest with(String token, HttpRequest request) {
        return HttpRequest.newBuilder(request, (_, _) -> true)
                .setHeader(AUTHORIZATION, "Bearer " + token)
                .build();
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return http.cookieHandler();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return http.connectTimeout();
    }

    @Override
    public Redirect followRedirects() {
        return http.followRedirects();
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return http.proxy();
    }

    @Override
    public SSLContext sslContext() {
        return http.sslContext();
    }

    @Override
    public SSLParameters sslParameters() {
        return http.sslParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return http.authenticator();
    }

    @Override
    public Version version() {
        return http.version();
    }

    @Override
    public Optional<Executor> executor() {
        return http.executor();
    }

    @Override
    public void shutdown() {
        http.shutdown();
    }

    @Override
    public void shutdownNow() {
        http.shutdownNow();
    }

    @Override
    public boolean isTerminated() {
        return http.isTerminated();
    }

    @Override
    public boolean awaitTermination(Duration duration) throws InterruptedException {
        return http.awaitTermination(duration);
    }
}
