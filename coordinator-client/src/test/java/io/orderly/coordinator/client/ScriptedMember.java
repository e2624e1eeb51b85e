package io.orderly.coordinator.client;

import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.orderly.coordinator.api.etcd.Event;
import io.orderly.coordinator.api.etcd.KVGrpc;
import io.orderly.coordinator.api.etcd.KeyValue;
import io.orderly.coordinator.api.etcd.LeaseGrantRequest;
import io.orderly.coordinator.api.etcd.LeaseGrantResponse;
import io.orderly.coordinator.api.etcd.LeaseGrpc;
import io.orderly.coordinator.api.etcd.LeaseKeepAliveRequest;
import io.orderly.coordinator.api.etcd.LeaseKeepAliveResponse;
import io.orderly.coordinator.api.etcd.LeaseRevokeRequest;
import io.orderly.coordinator.api.etcd.LeaseRevokeResponse;
import io.orderly.coordinator.api.etcd.PutResponse;
import io.orderly.coordinator.api.etcd.ResponseHeader;
import io.orderly.coordinator.api.etcd.ResponseOp;
import io.orderly.coordinator.api.etcd.TxnRequest;
import io.orderly.coordinator.api.etcd.TxnResponse;
import io.orderly.coordinator.api.etcd.WatchGrpc;
import io.orderly.coordinator.api.etcd.WatchRequest;
import io.orderly.coordinator.api.etcd.WatchResponse;
import io.orderly.coordinator.api.timestamps.AllocateRequest;
import io.orderly.coordinator.api.timestamps.AllocateResponse;
import io.orderly.coordinator.api.timestamps.TimestampsGrpc;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A member in this process whose responses are set by a test. Its transactions store nothing, but check the leases of their puts. */
final class ScriptedMember implements AutoCloseable {

    final List<Long> granted = new CopyOnWriteArrayList<>();
    final List<Long> revoked = new CopyOnWriteArrayList<>();
    final Set<Long> alive = ConcurrentHashMap.newKeySet();
    /** When each stream of a watch was opened, in nanoseconds. */
    final List<Long> watched = new CopyOnWriteArrayList<>();

    final AtomicInteger grantsAsked = new AtomicInteger();
    volatile Runnable beforeGrant = () -> {};
    volatile boolean grants = true;
    volatile boolean refusesWatches;
    volatile boolean hasTimestamps = true;
    volatile long eventRevision = 1;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Server server;

    ScriptedMember() throws IOException {
        server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
                .executor(threads)
                .addService(new Leases())
                .addService(new Keys())
                .addService(new Watches())
                .addService(new TimestampService())
                .build()
                .start();
    }

    ClientSettings settings() {
        return ClientSettings.of(List.of("127.0.0.1:" + server.getPort()));
    }

    @Override
    public void close() {
        server.shutdownNow();
        threads.shutdownNow();
    }

    private static <T> void answer(StreamObserver<T> to, T response) {
        to.onNext(response);
        to.onCompleted();
    }

    private final class Leases extends LeaseGrpc.LeaseImplBase {

        @Override
        public void leaseGrant(LeaseGrantRequest request, StreamObserver<LeaseGrantResponse> to) {
            grantsAsked.incrementAndGet();
            beforeGrant.run();
            if (grants) {
                granted.add(request.getID());
                alive.add(request.getID());
                answer(
                        to,
                        LeaseGrantResponse.newBuilder()
                                .setID(request.getID())
                                .setTTL(request.getTTL())
                                .build());
            }
        }

        @Override
        public void leaseRevoke(LeaseRevokeRequest request, StreamObserver<LeaseRevokeResponse> to) {
            revoked.add(request.getID());
            alive.remove(request.getID());
            answer(to, LeaseRevokeResponse.getDefaultInstance());
        }

        @Override
        public StreamObserver<LeaseKeepAliveRequest> leaseKeepAlive(StreamObserver<LeaseKeepAliveResponse> to) {
            return new Requests<>() {
                @Override
                public void onNext(LeaseKeepAliveRequest request) {
                    to.onNext(LeaseKeepAliveResponse.newBuilder()
                            .setID(request.getID())
                            .setTTL(alive.contains(request.getID()) ? 10 : 0)
                            .build());
                }
            };
        }
    }

    private final class Keys extends KVGrpc.KVImplBase {

        @Override
        public void txn(TxnRequest request, StreamObserver<TxnResponse> to) {
            boolean leasesLive = request.getSuccessList().stream()
                    .mapToLong(operation -> operation.getRequestPut().getLease())
                    .allMatch(lease -> lease == 0 || alive.contains(lease));
            if (!leasesLive) {
                to.onError(Status.NOT_FOUND
                        .withDescription("etcdserver: requested lease not found")
                        .asRuntimeException());
                return;
            }
            TxnResponse.Builder response =
                    TxnResponse.newBuilder().setHeader(header(1)).setSucceeded(true);
            request.getSuccessList()
                    .forEach(_ -> response.addResponses(
                            ResponseOp.newBuilder().setResponsePut(PutResponse.getDefaultInstance())));
            answer(to, response.build());
        }
    }

    private final class Watches extends WatchGrpc.WatchImplBase {

        @Override
        public StreamObserver<WatchRequest> watch(StreamObserver<WatchResponse> to) {
            return new Requests<>() {
                @Override
                public void onNext(WatchRequest request) {
                    watched.add(System.nanoTime());
                    to.onNext(WatchResponse.newBuilder()
                            .setHeader(header(1))
                            .setCreated(true)
                            .build());
                    if (refusesWatches) {
                        to.onNext(WatchResponse.newBuilder()
                                .setHeader(header(1))
                                .setCanceled(true)
                                .build());
                    } else {
                        KeyValue key = KeyValue.newBuilder()
                                .setKey(request.getCreateRequest().getKey())
                                .setModRevision(eventRevision)
                                .build();
                        to.onNext(WatchResponse.newBuilder()
                                .setHeader(header(eventRevision))
                                .addEvents(Event.newBuilder().setKv(key))
                                .build());
                    }
                }
            };
        }
    }

    private final class TimestampService extends TimestampsGrpc.TimestampsImplBase {

        @Override
        public void allocate(AllocateRequest request, StreamObserver<AllocateResponse> to) {
            if (hasTimestamps) {
                answer(
                        to,
                        AllocateResponse.newBuilder()
                                .setFirst(1000)
                                .setCount(request.getCount())
                                .build());
            } else {
                to.onError(Status.UNIMPLEMENTED.asRuntimeException());
            }
        }
    }

    private static ResponseHeader header(long revision) {
        return ResponseHeader.newBuilder().setRevision(revision).build();
    }

    /** A stream of requests whose end is ignored. */
    private abstract static class Requests<T> implements StreamObserver<T> {

        @Override
        public void onError(Throwable cause) {
            // the client has canceled it
        }

        @Override
        public void onCompleted() {
            // the responses end with the connection
        }
    }
}
