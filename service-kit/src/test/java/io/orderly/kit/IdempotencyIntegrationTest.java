package io.orderly.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.uuid.Generators;
import io.orderly.kit.idempotency.Fingerprint;
import io.orderly.kit.idempotency.IdempotencyKeys;
import io.orderly.kit.idempotency.IdempotentRequest;
import io.orderly.kit.idempotency.IdempotentResponse;
import io.orderly.kit.web.Problem;
import io.orderly.kit.web.ProblemException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

class IdempotencyIntegrationTest extends KitIntegrationTest {

    private final HttpClient client = HttpClient.newHttpClient();
    private final String key = "key-" + UUID.randomUUID();
    private final String customer = "customer-" + UUID.randomUUID();

    @Autowired
    IdempotencyKeys idempotencyKeys;

    @Autowired
    TestOrderController orders;

    @LocalServerPort
    int port;

    @AfterEach
    void reset() {
        orders.onPlacing(() -> {});
    }

    @Test
    void aRepeatedRequestGetsTheSameResponse() throws Exception {
        HttpResponse<String> first = place("a note");
        HttpResponse<String> second = place("a note");
        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(first.headers().firstValue("Location")).isPresent();
        assertThat(second.statusCode()).isEqualTo(202);
        assertThat(second.body()).isEqualTo(first.body());
        for (String header : List.of("Location", "Content-Type")) {
            assertThat(second.headers().firstValue(header))
                    .isEqualTo(first.headers().firstValue(header));
        }
        assertThat(placed()).isEqualTo(1);
    }

    @Test
    void anotherBodyWithTheSameKeyIsRefused() throws Exception {
        place("a note");
        HttpResponse<String> other = place("another note");
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(other.body()).contains("/problems/idempotency-key-reused", "\"field\":\"Idempotency-Key\"");
        assertThat(placed()).isEqualTo(1);
    }

    @Test
    void anotherCallerCanUseTheSameKey() throws Exception {
        HttpResponse<String> mine = place("a note");
        HttpResponse<String> other = send("""
                {"customerId":"other-%s","lines":[{"sku":"A","quantity":1}],"note":"a note"}""".formatted(customer));
        assertThat(other.statusCode()).as(other.body()).isEqualTo(202);
        assertThat(other.body()).isNotEqualTo(mine.body());
        assertThat(place("a note").body()).isEqualTo(mine.body());
        assertThat(placed()).isEqualTo(1);
    }

    @Test
    void theFormattingOfTheBodyDoesNotMatter() throws Exception {
        HttpResponse<String> first = place("a note");
        HttpResponse<String> second = send("""
                { "note" : "\\u0061 note", "speed": null,
                  "lines": [ {"quantity": 1, "sku": "A"} ], "customerId": "%s" }""".formatted(customer));
        assertThat(second.statusCode()).as(second.body()).isEqualTo(202);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(placed()).isEqualTo(1);
    }

    /** A response as stored by the release before keys had a scope: the request must not take effect again. */
    @Test
    void aResponseStoredWithoutAScopeIsStillValid() throws Exception {
        HttpResponse<String> first = place("a note");
        String body = """
                {"customerId":"%s","lines":[{"sku":"A","quantity":1}],"note":"a note"}""".formatted(customer);
        jdbc.sql("update idempotency_keys set scope = default, fingerprint = decode(?, 'hex') where key = ?")
                .param(Fingerprint.of("POST", "/test-orders", body.getBytes(StandardCharsets.UTF_8))
                        .sha256())
                .param(key)
                .update();
        assertThat(place("a note").body()).isEqualTo(first.body());
        assertThat(place("another note").statusCode()).isEqualTo(422);
        assertThat(placed()).isEqualTo(1);
    }

    @Test
    void aRepeatedRequestConflictsAtOnceWhileTheFirstIsInFlight() throws Exception {
        CountDownLatch placing = new CountDownLatch(1);
        CountDownLatch proceed = new CountDownLatch(1);
        orders.onPlacing(() -> {
            placing.countDown();
            awaitLatch(proceed);
        });
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<HttpResponse<String>> first = threads.submit(() -> place("a note"));
            try {
                awaitLatch(placing);
                HttpResponse<String> second = place("a note");
                assertThat(second.statusCode()).isEqualTo(409);
                assertThat(second.body()).contains("/problems/request-in-flight");
            } finally {
                proceed.countDown();
            }
            assertThat(first.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(202);
        }
        orders.onPlacing(() -> {});
        assertThat(place("a note").statusCode()).isEqualTo(202);
        assertThat(placed()).isEqualTo(1);
    }

    @Test
    void concurrentRequestsWithTheSameKeyTakeEffectOnce() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            List<Callable<HttpResponse<String>>> calls = IntStream.range(0, 200)
                    .<Callable<HttpResponse<String>>>mapToObj(i -> () -> place("a note"))
                    .toList();
            List<String> accepted = threads.invokeAll(calls).stream()
                    .map(Future::resultNow)
                    .peek(response -> assertThat(response.statusCode()).isIn(202, 409))
                    .filter(response -> response.statusCode() == 202)
                    .map(HttpResponse::body)
                    .toList();
            assertThat(accepted).isNotEmpty();
            assertThat(accepted).containsOnly(accepted.getFirst());
        }
        assertThat(placed()).isEqualTo(1);
    }

    @Test
    void aFailedRequestIsRolledBackAndItsKeyCanBeUsedAgain() throws Exception {
        orders.onPlacing(() -> {
            throw new IllegalStateException("on purpose");
        });
        assertThat(place("a note").statusCode()).isEqualTo(500);
        orders.onPlacing(() -> {
            throw ProblemException.unprocessable("note", "is invalid");
        });
        assertThat(place("a note").statusCode()).isEqualTo(422);
        assertThat(placed()).isZero();
        orders.onPlacing(() -> {});
        assertThat(place("another note").statusCode()).isEqualTo(202);
        assertThat(placed()).isEqualTo(1);
    }

    /** The connection is closed after the effect and before the commit, as in a crash of the process or the database. */
    @Test
    void aCrashBeforeTheCommitIsRolledBackAndTheKeyCanBeUsedAgain() throws Exception {
        orders.onPlacing(() -> jdbc.sql("select pg_terminate_backend(pg_backend_pid())")
                .query((row, number) -> true)
                .list());
        HttpResponse<String> crashed = place("a note");
        assertThat(crashed.statusCode()).isEqualTo(503);
        assertThat(crashed.headers().firstValue("Retry-After")).isPresent();
        assertThat(placed()).isZero();
        orders.onPlacing(() -> {});
        assertThat(place("a note").statusCode()).isEqualTo(202);
        assertThat(placed()).isEqualTo(1);
    }

    /** The claim does not see a response that is committed between its snapshot and its lock. */
    @Test
    void aConcurrentResponseThatTheClaimDidNotSeeRollsBackTheEffect() {
        IdempotentRequest request = request(key);
        assertThatThrownBy(() -> idempotencyKeys.once(request, () -> {
                    jdbc.sql("insert into placed (order_id, customer) values (?, ?)")
                            .param(Generators.timeBasedEpochGenerator().generate())
                            .param(customer)
                            .update();
                    storeInAnotherTransaction();
                    return IdempotentResponse.accepted(URI.create("/late"), new byte[0]);
                }))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem()).extracting(Problem::status).isEqualTo(409));
        assertThat(placed()).isZero();
    }

    @Test
    void joinsTheTransactionOfItsCaller() {
        IdempotentRequest request = request(key);
        transactions().executeWithoutResult(status -> {
            idempotencyKeys.once(request, () -> IdempotentResponse.accepted(URI.create("/first"), new byte[0]));
            status.setRollbackOnly();
        });
        IdempotentResponse response =
                idempotencyKeys.once(request, () -> IdempotentResponse.accepted(URI.create("/second"), new byte[0]));
        assertThat(response.location()).isEqualTo(URI.create("/second"));
    }

    @Test
    void responsesPastTheirRetentionAreDeleted() throws Exception {
        place("a note");
        jdbc.sql("update idempotency_keys set created_at = now() - interval '25 hours' where key = ?")
                .param(key)
                .update();
        String kept = "kept-" + UUID.randomUUID();
        idempotencyKeys.once(request(kept), () -> IdempotentResponse.accepted(URI.create("/kept"), new byte[0]));
        await().untilAsserted(() -> assertThat(stored(key)).isZero());
        assertThat(stored(kept)).isEqualTo(1);
    }

    private void storeInAnotherTransaction() {
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            thread.submit(() -> jdbc.sql("""
                            insert into idempotency_keys (scope, key, fingerprint, status, location, body)
                            values ('POST /', ?, decode(repeat('00', 32), 'hex'), 202, '/early', '')
                            """).param(key).update());
        }
    }

    private int stored(String key) {
        return jdbc.sql("select count(*) from idempotency_keys where key = ?")
                .param(key)
                .query(Integer.class)
                .single();
    }

    private int placed() {
        return jdbc.sql("select count(*) from placed where customer = ?")
                .param(customer)
                .query(Integer.class)
                .single();
    }

    private HttpResponse<String> place(String note) throws IOException, InterruptedException {
        return send("""
                {"customerId":"%s","lines":[{"sku":"A","quantity":1}],"note":"%s"}""".formatted(customer, note));
    }

    private HttpResponse<String> send(String body) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/test-orders"))
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", key)
                        .timeout(Duration.ofSeconds(30))
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static IdempotentRequest request(String key) {
        Fingerprint fingerprint = Fingerprint.of("POST", "/", new byte[0]);
        return new IdempotentRequest("POST /", key, fingerprint, fingerprint);
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
