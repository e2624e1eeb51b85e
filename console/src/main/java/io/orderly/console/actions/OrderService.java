package io.orderly.console.actions;

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
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;

/** The order-service, or the gateway in front of its instances. */
public final class OrderService implements AutoCloseable {

    static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_ANSWER_BYTES = 256 << 10;

    private final URI url;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();

    /** @param url its base URL */
    public OrderService(URI url) {
        this.url = url;
    }

    /**
     * Sends a POST request.
     *
     * @param body JSON; may be empty
     * @return the answer as it is, a problem too
     * @throws ErrorResponseException if there is no answer; it says whether the request may have taken effect
     */
    ResponseEntity<byte[]> post(String path, String key, byte[] body) throws InterruptedException {
        try {
            HttpResponse<byte[]> answer = http.send(
                    HttpRequest.newBuilder(url.resolve(path))
                            .timeout(ANSWER_TIMEOUT)
                            .header("Content-Type", MediaType.APPLICATION_JSON_VALUE)
                            .header(IDEMPOTENCY_KEY, key)
                            .POST(BodyPublishers.ofByteArray(body))
                            .build(),
                    BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
            var response = ResponseEntity.status(HttpStatusCode.valueOf(answer.statusCode()));
            answer.headers().firstValue("Content-Type").ifPresent(type -> response.header("Content-Type", type));
            return response.body(answer.body());
        } catch (IllegalArgumentException e) {
            throw problem(HttpStatus.BAD_REQUEST, "The Idempotency-Key cannot be the value of a header.");
        } catch (HttpConnectTimeoutException | ConnectException e) {
            throw problem(
                    HttpStatus.SERVICE_UNAVAILABLE, "The order-service does not answer. It has received nothing.");
        } catch (HttpTimeoutException e) {
            throw problem(
                    HttpStatus.GATEWAY_TIMEOUT,
                    "The order-service has not answered in time. The request may still take effect.");
        } catch (IOException e) {
            throw problem(
                    HttpStatus.BAD_GATEWAY,
                    "The connection to the order-service broke. The request may have taken effect.");
        }
    }

    static ErrorResponseException problem(HttpStatus status, String detail) {
        return new ErrorResponseException(status, ProblemDetail.forStatusAndDetail(status, detail), null);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
