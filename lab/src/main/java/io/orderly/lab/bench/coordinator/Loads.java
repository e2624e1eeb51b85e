package io.orderly.lab.bench.coordinator;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.orderly.coordinator.api.etcd.KVGrpc;
import io.orderly.coordinator.api.etcd.LeaseGrantRequest;
import io.orderly.coordinator.api.etcd.LeaseGrantResponse;
import io.orderly.coordinator.api.etcd.LeaseGrpc;
import io.orderly.coordinator.api.etcd.LeaseKeepAliveRequest;
import io.orderly.coordinator.api.etcd.LeaseKeepAliveResponse;
import io.orderly.coordinator.api.etcd.LeaseRevokeRequest;
import io.orderly.coordinator.api.etcd.LeaseRevokeResponse;
import io.orderly.coordinator.api.etcd.PutRequest;
import io.orderly.coordinator.api.etcd.RangeRequest;
import io.orderly.coordinator.api.timestamps.AllocateRequest;
import io.orderly.coordinator.api.timestamps.TimestampsGrpc;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The requests that are measured. Values have 256 bytes; each write has a key of its own. */
final class Loads {

    /** The number of timestamps in a request. */
    static final int TIMESTAMPS = 1_000;

    private static final int VALUE_BYTES = 256;

    /** The number of keys that reads choose from, at most. */
    private static final int KEYS_READ = 10_000;

    /** In seconds; longer than any measurement. */
    private static final long TTL = 600;

    private static final long FIRST_LEASE = 1_000_000;

    private final ByteString value;
    private final Random random = new Random(1);
    private long written;

    Loads() {
        byte[] bytes = new byte[VALUE_BYTES];
        random.nextBytes(bytes);
        value = ByteString.copyFrom(bytes);
    }

    Load puts(Connections connections) {
        return (client, outcome) -> {
            PutRequest request = PutRequest.newBuilder()
                    .setKey(key(written++))
                    .setValue(value)
                    .build();
            connections.send(client, KVGrpc.getPutMethod(), request, outcome);
        };
    }

    /** Reads keys that {@link #puts} wrote. */
    Load reads(Connections connections, boolean isSerializable) {
        return (client, outcome) -> {
            RangeRequest request = RangeRequest.newBuilder()
                    .setKey(key(random.nextLong(Math.clamp(written, 1, KEYS_READ))))
                    .setSerializable(isSerializable)
                    .build();
            connections.send(client, KVGrpc.getRangeMethod(), request, outcome);
        };
    }

    /** Grants one lease for each client, with the id that {@link #keepAlives} expects. */
    static void grantLeases(Connections connections, int clients) {
        List<ListenableFuture<LeaseGrantResponse>> granted = IntStream.range(0, clients)
                .mapToObj(client -> LeaseGrpc.newFutureStub(connections.of(client))
                        .leaseGrant(LeaseGrantRequest.newBuilder()
                                .setTTL(TTL)
                                .setID(FIRST_LEASE + client)
                                .build()))
                .toList();
        Futures.getUnchecked(Futures.allAsList(granted));
    }

    /** Revokes what {@link #grantLeases} granted. */
    static void revokeLeases(Connections connections, int clients) {
        List<ListenableFuture<LeaseRevokeResponse>> revoked = IntStream.range(0, clients)
                .mapToObj(client -> LeaseGrpc.newFutureStub(connections.of(client))
                        .leaseRevoke(LeaseRevokeRequest.newBuilder()
                                .setID(FIRST_LEASE + client)
                                .build()))
                .toList();
        Futures.getUnchecked(Futures.allAsList(revoked));
    }

    /** Each client renews its lease over a stream of its own. */
    Load keepAlives(Connections connections, int clients) {
        KeepAliveStream[] streams = new KeepAliveStream[clients];
        return (client, outcome) -> {
            KeepAliveStream stream = streams[client];
            if (stream == null || stream.isClosed) {
                stream = new KeepAliveStream(connections, client);
                streams[client] = stream;
            }
            stream.send(outcome);
        };
    }

    Load timestamps(Connections connections) {
        AllocateRequest request =
                AllocateRequest.newBuilder().setCount(TIMESTAMPS).build();
        return (client, outcome) -> connections.send(client, TimestampsGrpc.getAllocateMethod(), request, outcome);
    }

    private static ByteString key(long number) {
        return ByteString.copyFrom("bench/" + HexFormat.of().toHexDigits(number), StandardCharsets.US_ASCII);
    }

    private static final class KeepAliveStream extends ClientCall.Listener<LeaseKeepAliveResponse> {

        private final ClientCall<LeaseKeepAliveRequest, LeaseKeepAliveResponse> call;
        private final LeaseKeepAliveRequest request;
        private Load.@Nullable Outcome waiting;
        private boolean isClosed;

        KeepAliveStream(Connections connections, int client) {
            call = connections.of(client).newCall(LeaseGrpc.getLeaseKeepAliveMethod(), CallOptions.DEFAULT);
            request = LeaseKeepAliveRequest.newBuilder()
                    .setID(FIRST_LEASE + client)
                    .build();
            call.start(this, new Metadata());
        }

        void send(Load.Outcome outcome) {
            waiting = outcome;
            call.request(1);
            call.sendMessage(request);
        }

        @Override
        public void onMessage(LeaseKeepAliveResponse response) {
            Load.Outcome outcome = waiting;
            waiting = null;
            if (outcome == null) {
                return;
            }
            if (response.getTTL() > 0) {
                outcome.answered();
            } else {
                outcome.failed(new IllegalStateException("there is no such lease"));
            }
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            isClosed = true;
            if (waiting != null) {
                waiting.failed(status.asException());
            }
        }
    }
}
