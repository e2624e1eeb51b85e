package io.orderly.coordinator.etcd;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.orderly.coordinator.api.etcd.KVGrpc;
import io.orderly.coordinator.api.etcd.LeaseGrantRequest;
import io.orderly.coordinator.api.etcd.LeaseGrpc;
import io.orderly.coordinator.api.etcd.PutRequest;
import io.orderly.coordinator.api.etcd.PutResponse;
import io.orderly.coordinator.api.etcd.RangeRequest;
import io.orderly.coordinator.api.etcd.RangeResponse;
import io.orderly.coordinator.auth.Authenticator;
import io.orderly.coordinator.auth.Tokens;
import io.orderly.coordinator.member.SingleMember;
import io.orderly.coordinator.server.ServerSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The server of the etcd API on a free port, over a member for tests, and a client. */
final class EtcdApi implements AutoCloseable {

    static final Duration NO_LEADER_PATIENCE = Duration.ofMillis(300);

    private static final Duration TOKEN_TTL = Duration.ofMinutes(5);

    final SingleMember member;
    final ManagedChannel channel;
    final ConnectionLimit connections;
    private final LongReads longReads = new LongReads();
    private final Authenticator authenticator;
    private final LeaderCheck leaderCheck;
    private final EtcdServer server;

    /** The wall clock of the member, for tokens. */
    private volatile Instant now = Instant.now();

    EtcdApi() {
        this(ServerSettings.DEFAULTS);
    }

    EtcdApi(ServerSettings settings) {
        this(settings, 1_000);
    }

    EtcdApi(int maxConnections) {
        this(ServerSettings.DEFAULTS, maxConnections);
    }

    private EtcdApi(ServerSettings settings, int maxConnections) {
        connections = new ConnectionLimit(maxConnections);
        member = new SingleMember(settings);
        var headers = new Headers(member);
        var tokens = new Tokens(() -> now, TOKEN_TTL);
        var callers = new Callers(member, tokens);
        authenticator = new Authenticator(tokens, 1_000, 8);
        var requirement = new LeaderRequirement(member, NO_LEADER_PATIENCE);
        leaderCheck = new LeaderCheck(requirement);
        leaderCheck.start();
        server = new EtcdServer(
                new EtcdApiProperties(
                        "127.0.0.1",
                        0,
                        1,
                        maxConnections,
                        Duration.ofSeconds(5),
                        Duration.ofHours(2),
                        Duration.ofSeconds(20),
                        NO_LEADER_PATIENCE,
                        Duration.ofSeconds(1)),
                List.of(
                        new KvService(callers, headers, longReads.executor()),
                        new WatchService(callers, headers),
                        new LeaseService(callers, headers, longReads.executor()),
                        new LockService(callers, headers),
                        new ElectionService(callers, headers),
                        new ClusterService(member, headers),
                        new MaintenanceService(member, callers, headers, longReads.executor()),
                        new AuthService(callers, headers, authenticator),
                        new TimestampsService(callers)),
                List.of(requirement, callers, new HybridTimeMetadata(member.clock())),
                List.of(),
                connections);
        server.start();
        channel = connect();
    }

    /** Another connection, which is made with its first call. */
    ManagedChannel connect() {
        return NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                .usePlaintext()
                .maxInboundMessageSize(64 << 20)
                .build();
    }

    /** All tokens of before have expired. */
    void expireTokens() {
        now = now.plus(TOKEN_TTL);
    }

    int port() {
        return server.port();
    }

    KVGrpc.KVBlockingStub kv() {
        return KVGrpc.newBlockingStub(channel).withDeadlineAfter(10, TimeUnit.SECONDS);
    }

    LeaseGrpc.LeaseBlockingStub leases() {
        return LeaseGrpc.newBlockingStub(channel).withDeadlineAfter(10, TimeUnit.SECONDS);
    }

    PutResponse put(String key, String value) {
        return kv().put(PutRequest.newBuilder()
                .setKey(utf8(key))
                .setValue(utf8(value))
                .build());
    }

    PutResponse put(String key, String value, long lease) {
        return kv().put(PutRequest.newBuilder()
                .setKey(utf8(key))
                .setValue(utf8(value))
                .setLease(lease)
                .build());
    }

    RangeResponse get(String key) {
        return kv().range(RangeRequest.newBuilder().setKey(utf8(key)).build());
    }

    long grant(long ttlSeconds) {
        return leases().leaseGrant(
                        LeaseGrantRequest.newBuilder().setTTL(ttlSeconds).build())
                .getID();
    }

    static ByteString utf8(String text) {
        return ByteString.copyFromUtf8(text);
    }

    static void assertFails(ThrowingCallable call, Status.Code code, String text) {
        Assertions.assertThatThrownBy(call).isInstanceOfSatisfying(StatusRuntimeException.class, e -> {
            Assertions.assertThat(e.getStatus().getDescription()).isEqualTo(text);
            Assertions.assertThat(e.getStatus().getCode()).isEqualTo(code);
        });
    }

    @Override
    public void close() {
        channel.shutdownNow();
        server.stop();
        leaderCheck.close();
        authenticator.close();
        longReads.close();
        member.close();
    }
}
