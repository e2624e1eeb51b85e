package io.orderly.console.upstream;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;

/** A process that the console sends requests to: a service or the gateway in front of its instances, a coordinator, or the launcher's faults. */
public final class Upstream {

    /** For what a process answers from its memory or its database. */
    public static final Duration SHORT = Duration.ofSeconds(10);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    /** A longer answer counts as a broken connection. */
    private static final int MAX_ANSWER_BYTES = 1 << 20;

    private final String name;
    private final URI url;
    private final HttpClient http;

    /**
     * @param name for messages, such as {@code order-service}
     * @param url its base URL
     * @param http of {@link #client}
     */
    public Upstream(String name, URI url, HttpClient http) {
        this.name = name;
        this.url = url;
        this.http = http;
    }

    /** A client for all of them. */
    public static HttpClient client() {
        return HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
    }

    /** The base URL. */
    public URI url() {
        return url;
    }

    /**
     * Passes a GET request on.
     *
     * @return the answer as it is, a problem too
     * @throws ErrorResponseException if there is no answer
     */
    public ResponseEntity<byte[]> get(String path) throws InterruptedException {
        return send("GET", path, Map.of(), new byte[0], SHORT);
    }

    /**
     * Passes a request on.
     *
     * @param headers besides that of the content type
     * @param body JSON; may be empty
     * @return the answer as it is, a problem too
     * @throws ErrorResponseException if there is no answer; it says whether the request may have taken effect
     */
    public ResponseEntity<byte[]> send(
            String method, String path, Map<String, String> headers, byte[] body, Duration timeout)
            throws InterruptedException {
        try {
            HttpResponse<byte[]> answer = exchange(method, path, headers, body, timeout);
            var response = ResponseEntity.status(HttpStatusCode.valueOf(answer.statusCode()));
            answer.headers().firstValue("Content-Type").ifPresent(type -> response.header("Content-Type", type));
            return response.body(answer.body());
        } catch (IllegalArgumentException e) {
            throw problem(HttpStatus.BAD_REQUEST, "A header or the path cannot be sent.");
        } catch (HttpConnectTimeoutException | ConnectException e) {
            throw problem(
                    HttpStatus.SERVICE_UNAVAILABLE, "The %s does not answer. It has received nothing.".formatted(name));
        } catch (HttpTimeoutException e) {
            throw problem(
                    HttpStatus.GATEWAY_TIMEOUT,
                    "The %s has not answered in time. The request may still take effect.".formatted(name));
        } catch (IOException e) {
            throw problem(
                    HttpStatus.BAD_GATEWAY,
                    "The connection to the %s broke. The request may have taken effect.".formatted(name));
        }
    }

    /**
     * Reads JSON.
     *
     * @throws IOException if there is no answer, or one with another status than 200
     */
    public byte[] read(String path, Duration timeout) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = exchange("GET", path, Map.of(), new byte[0], timeout);
        if (answer.statusCode() != HttpStatus.OK.value()) {
            throw new IOException("The %s answers with %d.".formatted(name, answer.statusCode()));
        }
        return answer.body();
    }

    private HttpResponse<byte[]> exchange(
            String method, String path, Map<String, String> headers, byte[] body, Duration timeout)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve(path))
                .timeout(timeout)
                .header("Accept", "application/json, application/problem+json")
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (body.length > 0) {
            request.header("Content-Type", MediaType.APPLICATION_JSON_VALUE);
        }
        headers.forEach(request::header);
        return http.send(request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
    }

    /** The answer of the console itself to a request that it does not pass on, or that has no answer. */
    public static ErrorResponseException problem(HttpStatus status, String detail) {
        return new ErrorResponseException(status, ProblemDetail.forStatusAndDetail(status, detail), null);
    }
}
