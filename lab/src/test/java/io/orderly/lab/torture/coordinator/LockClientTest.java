package io.orderly.lab.torture.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.orderly.coordinator.api.etcd.KVGrpc;
import io.orderly.coordinator.api.etcd.KeyValue;
import io.orderly.coordinator.api.etcd.LeaseGrantRequest;
import io.orderly.coordinator.api.etcd.LeaseGrantResponse;
import io.orderly.coordinator.api.etcd.LeaseGrpc;
import io.orderly.coordinator.api.etcd.LockGrpc;
import io.orderly.coordinator.api.etcd.LockRequest;
import io.orderly.coordinator.api.etcd.LockResponse;
import io.orderly.coordinator.api.etcd.RangeRequest;
import io.orderly.coordinator.api.etcd.RangeResponse;
import io.orderly.lab.coordinator.CoordinatorCluster;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client with a server that grants everything at once; each hold takes up to 1.5 seconds. */
class LockClientTest {

    private static final ByteString KEY = ByteString.copyFromUtf8(LockClient.PREFIX + "0/1");

    private final HoldRecorder holds = new HoldRecorder();
    private volatile Optional<Long> token = Optional.empty();
    private volatile long tokenRequestedNanos;
    private Server server;
    private ManagedChannel channel;

    @BeforeEach
    void start() throws IOException {
        server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
                .addService(new Leases())
                .addService(new Locks())
                .addService(new Keys())
                .build()
                .start();
        channel = CoordinatorCluster.channel(server.getPort());
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        server.shutdownNow();
    }

    @Test
    void aHoldBeginsWithTheResponseToTheLockAndNotWithThatToTheToken() throws Exception {
        token = Optional.of(7L);

        new LockClient(0, List.of(channel), holds, 1).step();

        assertThat(holds.holds()).singleElement().satisfies(hold -> {
            assertThat(hold.token()).isEqualTo(OptionalLong.of(7));
            assertThat(hold.acquiredNanos()).isLessThanOrEqualTo(tokenRequestedNanos);
        });
        assertThat(holds.fencingTokens()).isOne();
    }

    @Test
    void recordsAHoldWithoutAToken() throws Exception {
        new LockClient(0, List.of(channel), holds, 1).step();

        assertThat(holds.holds())
                .singleElement()
                .satisfies(hold -> assertThat(hold.token()).isEmpty());
        assertThat(holds.fencingTokens()).isZero();
    }

    private static <T> void answer(StreamObserver<T> client, T answer) {
        client.onNext(answer);
        client.onCompleted();
    }

    private static final class Leases extends LeaseGrpc.LeaseImplBase {

        @Override
        public void leaseGrant(LeaseGrantRequest request, StreamObserver<LeaseGrantResponse> client) {
            answer(client, LeaseGrantResponse.newBuilder().setID(1).setTTL(60).build());
        }
    }

    private static final class Locks extends LockGrpc.LockImplBase {

        @Override
        public void lock(LockRequest request, StreamObserver<LockResponse> client) {
            answer(client, LockResponse.newBuilder().setKey(KEY).build());
        }
    }

    private final class Keys extends KVGrpc.KVImplBase {

        @Override
        public void range(RangeRequest request, StreamObserver<RangeResponse> client) {
            tokenRequestedNanos = System.nanoTime();
            if (token.isEmpty()) {
                client.onError(Status.UNAVAILABLE.asRuntimeException());
                return;
            }
            KeyValue.Builder key = KeyValue.newBuilder().setKey(KEY).setCreateRevision(token.get());
            answer(client, RangeResponse.newBuilder().addKvs(key).build());
        }
    }
}
