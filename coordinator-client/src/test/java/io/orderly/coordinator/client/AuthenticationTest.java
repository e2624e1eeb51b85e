package io.orderly.coordinator.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.orderly.coordinator.api.etcd.AuthGrpc;
import io.orderly.coordinator.api.etcd.AuthenticateRequest;
import io.orderly.coordinator.api.etcd.AuthenticateResponse;
import io.orderly.coordinator.api.etcd.Event;
import io.orderly.coordinator.api.etcd.KVGrpc;
import io.orderly.coordinator.api.etcd.RangeRequest;
import io.orderly.coordinator.api.etcd.RangeResponse;
import io.orderly.coordinator.api.etcd.ResponseHeader;
import io.orderly.coordinator.api.etcd.WatchGrpc;
import io.orderly.coordinator.api.etcd.WatchRequest;
import io.orderly.coordinator.api.etcd.WatchResponse;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.KeyEvent;
import io.orderly.coordinator.store.KeyRange;
import io.orderly.coordinator.store.KeyValue;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client with a user, against a member whose tokens a test invalidates. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AuthenticationTest {

    private static final Metadata.Key<String> TOKEN_HEADER = Metadata.Key.of("token", Metadata.ASCII_STRING_MARSHALLER);
    private static final Context.Key<String> TOKEN = Context.key("token");
    private static final Bytes KEY = Bytes.utf8("k");

    private final AtomicInteger authentications = new AtomicInteger();
    private volatile boolean isEnabled = true;
    private volatile boolean isSilent;
    private volatile Status failure = Status.OK;
    private volatile String valid = "token 0";
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private Server server;

    @BeforeEach
    void start() throws Exception {
        server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
                .executor(threads)
                .addService(new Users())
                .addService(ServerInterceptors.intercept(new Keys(), new Tokens()))
                .addService(ServerInterceptors.intercept(new Watches(), new Tokens()))
                .build()
                .start();
    }

    @AfterEach
    void stop() {
        server.shutdownNow();
        threads.shutdownNow();
    }

    private CoordinatorClient connect(String password) {
        return CoordinatorClient.connect(settings(password));
    }

    private ClientSettings settings(String password) {
        return ClientSettings.of(List.of("127.0.0.1:" + server.getPort()))
                .withTimeout(Duration.ofSeconds(5))
                .withCredentials(new Credentials("ada", password));
    }

    @Test
    void theFirstCallsShareOneAuthentication() throws Exception {
        try (CoordinatorClient client = connect("secret")) {
            List<Future<?>> calls = IntStream.range(0, 10)
                    .<Future<?>>mapToObj(_ -> threads.submit(() -> client.get(KEY)))
                    .toList();
            for (Future<?> call : calls) {
                call.get();
            }
            client.get(KEY);
        }
        assertThat(authentications).hasValue(1);
    }

    @Test
    void aTokenThatIsNotValidAnyMoreIsReplaced() {
        try (CoordinatorClient client = connect("secret")) {
            client.get(KEY);
            valid = "another token";
            client.get(KEY);
            assertThat(client.failovers()).isZero();
        }
        assertThat(authentications).hasValue(2);
    }

    @Test
    void aWatchIsOpenedAgainWithAnotherToken() {
        try (CoordinatorClient client = connect("secret")) {
            client.get(KEY);
            valid = "another token";
            CompletableFuture<Boolean> opened = new CompletableFuture<>();
            WatchListener listener = new WatchListener() {
                @Override
                public void onEvents(long revision, List<KeyEvent> events) {
                    opened.complete(true);
                }

                @Override
                public void onKeys(long revision, List<KeyValue> keyValues) {
                    throw new AssertionError("the watch begins at a revision");
                }
            };
            try (Watch _ = client.watch(io.orderly.coordinator.watch.WatchRequest.of(KeyRange.of(KEY), 2), listener)) {
                await().atMost(Duration.ofSeconds(20))
                        .untilAsserted(() -> assertThat(opened).isCompleted());
            }
        }
        assertThat(authentications).hasValue(2);
    }

    @Test
    void aWrongPasswordIsToldAtOnce() {
        try (CoordinatorClient client = connect("wrong")) {
            assertThatThrownBy(() -> client.get(KEY))
                    .isInstanceOf(CoordinatorException.class)
                    .hasMessageContaining("authentication failed");
        }
        assertThat(authentications).hasValue(1);
    }

    @Test
    void aCallThatWaitedForAFailedAuthenticationWasNotSent() {
        failure = Status.UNAVAILABLE.withDescription("the member stops");
        try (CoordinatorClient client = CoordinatorClient.connect(
                settings("secret").withTimeout(Duration.ofMillis(500)).withExactlyOnce(false))) {
            WriteOutcome outcome = client.put(KEY, Bytes.EMPTY);
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            WriteOutcome.NotApplied.class,
                            refused ->
                                    assertThat(refused.reason()).isInstanceOf(WriteOutcome.Reason.Unreachable.class));
            failure = Status.OK;
            client.get(KEY);
        }
    }

    @Test
    void aCallThatWaitedForAnAuthenticationWithoutAnswerWasNotSent() {
        isSilent = true;
        try (CoordinatorClient client = CoordinatorClient.connect(
                settings("secret").withTimeout(Duration.ofMillis(200)).withExactlyOnce(false))) {
            assertThat(client.put(KEY, Bytes.EMPTY))
                    .isInstanceOfSatisfying(
                            WriteOutcome.NotApplied.class,
                            refused ->
                                    assertThat(refused.reason()).isInstanceOf(WriteOutcome.Reason.Unreachable.class));
        }
    }

    @Test
    void whileAuthenticationIsNotEnabledThereIsNoToken() {
        isEnabled = false;
        try (CoordinatorClient client = connect("secret")) {
            client.get(KEY);
            client.get(KEY);
            assertThat(authentications).hasValue(1);
            isEnabled = true;
            client.get(KEY);
        }
        assertThat(authentications).hasValue(2);
    }

    @Test
    void thePasswordIsNotShown() {
        assertThat(ClientSettings.of(List.of("a:1"))
                        .withCredentials(new Credentials("ada", "secret"))
                        .toString())
                .contains("ada")
                .doesNotContain("secret");
    }

    private final class Users extends AuthGrpc.AuthImplBase {

        @Override
        public void authenticate(AuthenticateRequest request, StreamObserver<AuthenticateResponse> to) {
            authentications.incrementAndGet();
            if (isSilent) {
                return;
            }
            if (!failure.isOk()) {
                to.onError(failure.asRuntimeException());
            } else if (!isEnabled) {
                to.onError(Status.FAILED_PRECONDITION
                        .withDescription("etcdserver: authentication is not enabled")
                        .asRuntimeException());
            } else if (!request.equals(AuthenticateRequest.newBuilder()
                    .setName("ada")
                    .setPassword("secret")
                    .build())) {
                to.onError(Status.INVALID_ARGUMENT
                        .withDescription("etcdserver: authentication failed, invalid user ID or password")
                        .asRuntimeException());
            } else {
                to.onNext(AuthenticateResponse.newBuilder().setToken(valid).build());
                to.onCompleted();
            }
        }
    }

    private static final class Tokens implements ServerInterceptor {

        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata metadata, ServerCallHandler<Q, A> next) {
            return Contexts.interceptCall(
                    Context.current().withValue(TOKEN, String.valueOf(metadata.get(TOKEN_HEADER))),
                    call,
                    metadata,
                    next);
        }
    }

    private final class Keys extends KVGrpc.KVImplBase {

        @Override
        public void range(RangeRequest request, StreamObserver<RangeResponse> to) {
            String token = TOKEN.get();
            if (isEnabled && token.equals("null")) {
                to.onError(Status.INVALID_ARGUMENT
                        .withDescription("etcdserver: user name is empty")
                        .asRuntimeException());
            } else if (isEnabled && !token.equals(valid)) {
                to.onError(Status.UNAUTHENTICATED
                        .withDescription("etcdserver: invalid auth token")
                        .asRuntimeException());
            } else {
                to.onNext(RangeResponse.getDefaultInstance());
                to.onCompleted();
            }
        }
    }

    private final class Watches extends WatchGrpc.WatchImplBase {

        @Override
        public StreamObserver<WatchRequest> watch(StreamObserver<WatchResponse> to) {
            String token = TOKEN.get();
            return new StreamObserver<>() {
                @Override
                public void onNext(WatchRequest request) {
                    boolean isValid = token.equals(valid);
                    WatchResponse.Builder response = WatchResponse.newBuilder()
                            .setHeader(ResponseHeader.newBuilder().setRevision(1))
                            .setCreated(true);
                    to.onNext(
                            isValid
                                    ? response.build()
                                    : response.setCanceled(true)
                                            .setCancelReason("rpc error: etcdserver: invalid auth token")
                                            .build());
                    if (isValid) {
                        to.onNext(WatchResponse.newBuilder()
                                .setHeader(ResponseHeader.newBuilder().setRevision(2))
                                .addEvents(Event.newBuilder()
                                        .setKv(io.orderly.coordinator.api.etcd.KeyValue.newBuilder()
                                                .setKey(ByteString.copyFromUtf8("k"))
                                                .setModRevision(2)))
                                .build());
                    }
                }

                @Override
                public void onError(Throwable cause) {
                    // the client has canceled it
                }

                @Override
                public void onCompleted() {
                    // the client has no more requests
                }
            };
        }
    }
}
