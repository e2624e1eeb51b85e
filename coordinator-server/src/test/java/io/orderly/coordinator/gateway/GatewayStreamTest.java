package io.orderly.coordinator.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.stub.ServerCallStreamObserver;
import io.orderly.coordinator.api.etcd.WatchResponse;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Methods with many responses, by the example of {@code /v3/watch}. */
@Timeout(60)
class GatewayStreamTest {

    private static final String FAILURE = "{\"error\":{\"grpc_code\":14,\"http_code\":503,"
            + "\"message\":\"etcdserver: no leader\",\"http_status\":\"Service Unavailable\"}}";

    private final FakeWatch watch = new FakeWatch();
    private GatewayServer gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = new GatewayServer(GatewayProperties.DEFAULTS, watch);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private RawConnection post(String body) throws Exception {
        return new RawConnection(gateway.port())
                .send("POST /v3/watch HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%s"
                        .formatted(body.length(), body));
    }

    private ServerCallStreamObserver<WatchResponse> opened() throws InterruptedException {
        return Objects.requireNonNull(watch.open.poll(10, TimeUnit.SECONDS));
    }

    @Test
    void eachResponseIsALineThatIsSentAtOnce() throws Exception {
        try (RawConnection connection = post("{\"create_request\":{\"key\":\"Zm9v\"}}")) {
            var call = opened();
            call.onNext(FakeWatch.response(1));
            assertThat(connection.readUntil("{\"result\":{\"watch_id\":\"1\",\"created\":true}}\n"))
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .containsIgnoringCase("transfer-encoding: chunked");
            call.onNext(FakeWatch.response(2));
            connection.readUntil("{\"result\":{\"watch_id\":\"2\",\"created\":true}}\n");
        }
    }

    @Test
    void severalRequestsInOneBodyAreSentInOrder() throws Exception {
        try (RawConnection _ = post("{\"create_request\":{\"key\":\"YQ==\"}}\n{\"progress_request\":{}}")) {
            assertThat(Objects.requireNonNull(watch.requests.poll(10, TimeUnit.SECONDS))
                            .hasCreateRequest())
                    .isTrue();
            assertThat(Objects.requireNonNull(watch.requests.poll(10, TimeUnit.SECONDS))
                            .hasProgressRequest())
                    .isTrue();
            assertThat(watch.halfClosed.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void theEndOfTheStreamIsTheEndOfTheResponse() throws Exception {
        try (RawConnection connection = post("{\"create_request\":{}}")) {
            var call = opened();
            call.onNext(FakeWatch.response(1));
            call.onCompleted();
            connection.readUntil("0\r\n\r\n");
        }
    }

    @Test
    void aFailureBeforeTheFirstResponseIsAnErrorStatus() throws Exception {
        try (RawConnection connection = post("{\"create_request\":{}}")) {
            FakeWatch.fail(opened());
            assertThat(connection.readUntil("}}")).startsWith("HTTP/1.1 503 ").endsWith(FAILURE);
        }
    }

    @Test
    void aFailureLaterIsTheLastLine() throws Exception {
        try (RawConnection connection = post("{\"create_request\":{}}")) {
            var call = opened();
            call.onNext(FakeWatch.response(1));
            FakeWatch.fail(call);
            assertThat(connection.readUntil("0\r\n\r\n"))
                    .startsWith("HTTP/1.1 200 ")
                    .contains(FAILURE + "\n");
        }
    }

    @Test
    void aClientThatLeavesEndsTheCall() throws Exception {
        RawConnection connection = post("{\"create_request\":{}}");
        opened();
        connection.close();

        assertThat(watch.cancelled.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void theServiceSendsNoMoreThanTheClientReads() throws Exception {
        watch.flood =
                WatchResponse.newBuilder().setCancelReason("x".repeat(100_000)).build();
        try (RawConnection _ = post("{\"create_request\":{}}")) {
            AtomicInteger before = new AtomicInteger();
            await().pollInterval(Duration.ofMillis(500))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> {
                        int now = watch.sent.get();
                        return now > 0 && now == before.getAndSet(now);
                    });
            // the buffers of the kernel hold some megabytes; without flow control all responses would be accepted
            assertThat(watch.sent).hasValueLessThan(FakeWatch.FLOOD);
        }
    }

    @Test
    void aMalformedMessageInABodyIsRefused() throws Exception {
        try (RawConnection connection = post("{\"create_request\":{}}{\"create_requ")) {
            assertThat(connection.readUntil("\"code\":3}")).startsWith("HTTP/1.1 400 ");
            assertThat(watch.open).isEmpty();
        }
    }
}
