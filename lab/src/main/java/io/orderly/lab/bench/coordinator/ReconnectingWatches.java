package io.orderly.lab.bench.coordinator;

import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.orderly.coordinator.api.etcd.WatchCreateRequest;
import io.orderly.coordinator.api.etcd.WatchGrpc;
import io.orderly.coordinator.api.etcd.WatchRequest;
import io.orderly.coordinator.api.etcd.WatchResponse;
import io.orderly.lab.coordinator.CoordinatorCluster;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Watches of which each has a connection of its own, over all members. At a fixed rate the oldest connection is closed and another one is
 * opened in its place.
 */
final class ReconnectingWatches implements AutoCloseable {

    private static final ByteString KEY = ByteString.copyFromUtf8("bench/never-written");

    private final List<Integer> ports;
    private final int watches;
    private final Queue<ManagedChannel> channels = new ArrayDeque<>();
    private final AtomicLong created = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("watches").factory());
    private long opened;

    private ReconnectingWatches(List<Integer> ports, int watches) {
        this.ports = ports;
        this.watches = watches;
    }

    /**
     * Opens the first one; all are open after as many intervals as there are watches.
     *
     * @param ports of the members
     * @param watches their number
     * @param perSecond how many are opened in a second
     */
    static ReconnectingWatches start(List<Integer> ports, int watches, int perSecond) {
        ReconnectingWatches started = new ReconnectingWatches(ports, watches);
        started.timer.scheduleAtFixedRate(
                started::replaceOne, 0, TimeUnit.SECONDS.toNanos(1) / perSecond, TimeUnit.NANOSECONDS);
        return started;
    }

    private void replaceOne() {
        if (channels.size() == watches) {
            channels.remove().shutdownNow();
        }
        ManagedChannel channel = CoordinatorCluster.channel(ports.get(Math.toIntExact(opened++ % ports.size())));
        channels.add(channel);
        ClientCall<WatchRequest, WatchResponse> call = channel.newCall(WatchGrpc.getWatchMethod(), CallOptions.DEFAULT);
        call.start(new Listener(channel), new Metadata());
        call.request(1);
        call.sendMessage(WatchRequest.newBuilder()
                .setCreateRequest(WatchCreateRequest.newBuilder().setKey(KEY))
                .build());
    }

    /** The number of watches that a member has confirmed so far. */
    long created() {
        return created.get();
    }

    /** The number of watches that a member has refused or ended so far. */
    long failed() {
        return failed.get();
    }

    @Override
    public void close() {
        timer.submit(() -> channels.forEach(ManagedChannel::shutdownNow));
        timer.shutdown();
    }

    private final class Listener extends ClientCall.Listener<WatchResponse> {

        private final ManagedChannel channel;

        Listener(ManagedChannel channel) {
            this.channel = channel;
        }

        @Override
        public void onMessage(WatchResponse response) {
            if (response.getCreated()) {
                created.incrementAndGet();
            }
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            if (!channel.isShutdown()) {
                failed.incrementAndGet();
            }
        }
    }
}
