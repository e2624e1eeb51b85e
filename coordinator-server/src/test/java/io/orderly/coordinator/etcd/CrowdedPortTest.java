package io.orderly.coordinator.etcd;

import static io.orderly.coordinator.etcd.EtcdApi.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.orderly.coordinator.api.etcd.KVGrpc;
import io.orderly.coordinator.api.etcd.PutRequest;
import io.orderly.coordinator.api.etcd.WatchCreateRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Many clients at the client port, and what the others notice of them. Latencies are printed, not asserted. {@code -Dsilent=10000} connects that
 * many.
 */
class CrowdedPortTest {

    private static final int SILENT = Integer.getInteger("silent", 2_000);
    private static final int LIMIT = 200;

    /** Of the silent ones, that the client has not closed itself: few enough for a low limit of open files. */
    private static final int KEPT = 2 * LIMIT;

    private static final int PUTS = 200;

    private final List<ManagedChannel> channels = new ArrayList<>();
    private EtcdApi api = new EtcdApi(LIMIT);

    @AfterEach
    void close() {
        channels.forEach(ManagedChannel::shutdownNow);
        api.close();
    }

    private ManagedChannel connect() {
        ManagedChannel channel = api.connect();
        channels.add(channel);
        return channel;
    }

    private static void put(ManagedChannel channel, boolean waitsForConnection) {
        var kv = KVGrpc.newBlockingStub(channel).withDeadlineAfter(10, TimeUnit.SECONDS);
        (waitsForConnection ? kv.withWaitForReady() : kv)
                .put(PutRequest.newBuilder().setKey(utf8("a")).build());
    }

    /** @return the 99th percentile, in microseconds */
    private long put(int times) {
        long[] nanos = new long[times];
        for (int i = 0; i < times; i++) {
            long began = System.nanoTime();
            api.put("a", "" + i);
            nanos[i] = System.nanoTime() - began;
        }
        Arrays.sort(nanos);
        return nanos[times * 99 / 100] / 1_000;
    }

    private static void print(String what, long alone, long crowded) {
        System.out.printf(
                "p99 of a put: %d us alone, %d us %s, ratio %.2f%n", alone, crowded, what, (double) crowded / alone);
    }

    private static long usedBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void thousandsOfSilentConnectionsAreBoundedAndKeepNoClientOut() throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), api.port());
        put(PUTS);
        long alone = put(PUTS);
        Deque<SocketChannel> silent = new ArrayDeque<>();
        try {
            long before = usedBytes();
            for (int i = 0; i < SILENT; i++) {
                silent.add(SocketChannel.open(address));
                assertThat(api.connections.open()).isLessThanOrEqualTo(LIMIT);
                if (silent.size() == KEPT) {
                    int closed = i + 2 - LIMIT;
                    await().untilAsserted(
                                    () -> assertThat(api.connections.closed()).isEqualTo(closed));
                    while (silent.size() > LIMIT) {
                        silent.remove().close();
                    }
                }
            }
            System.out.printf(
                    "%d silent connections, of which %d stay open: %d KiB with both ends in one heap%n",
                    SILENT, api.connections.open(), (usedBytes() - before) >> 10);
            print("beside silent connections", alone, put(PUTS));
            put(connect(), false);
        } finally {
            for (SocketChannel channel : silent) {
                channel.close();
            }
        }
        await().untilAsserted(() -> assertThat(api.connections.open()).isEqualTo(2));
    }

    @Test
    void aFullPortServesTheConnectionsThatItHasAndTakesANewOneWhenOneOfThemEnds() {
        api.close();
        api = new EtcdApi(3);
        put(1);
        ManagedChannel leaving = connect();
        put(leaving, false);
        put(connect(), false);
        ManagedChannel tooMuch = connect();
        assertThatThrownBy(() -> put(tooMuch, false))
                .satisfies(failure ->
                        assertThat(Status.fromThrowable(failure).getCode()).isEqualTo(Status.Code.UNAVAILABLE));
        channels.subList(0, 2).forEach(channel -> put(channel, false));
        leaving.shutdownNow();
        put(tooMuch, true);
    }

    @Test
    void aThousandWatchesThatReconnectLeaveNothingBehindAndHoldNothingUp() throws Exception {
        put(PUTS);
        long alone = put(PUTS);
        var reconnects = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> clients = new ArrayList<>();
            for (int client = 0; client < 10; client++) {
                clients.add(threads.submit(() -> {
                    while (reconnects.incrementAndGet() <= 1_000) {
                        watchOnce();
                    }
                    return null;
                }));
            }
            CompletableFuture<Long> crowded = CompletableFuture.supplyAsync(() -> put(PUTS));
            for (Future<?> client : clients) {
                client.get(60, TimeUnit.SECONDS);
            }
            print("beside watches that reconnect", alone, crowded.get(60, TimeUnit.SECONDS));
        }
        assertThat(api.get("a").getKvs(0).getVersion()).isEqualTo(3 * PUTS);
        await().untilAsserted(() -> assertThat(api.member.watches()).isZero());
        await().untilAsserted(() -> assertThat(api.connections.open()).isEqualTo(1));
    }

    /** Connects, asks for what it has missed, reads some of it, and is gone. */
    private void watchOnce() throws InterruptedException {
        ManagedChannel channel = api.connect();
        try {
            var stream = new WatchStreamClient(channel, true, new Metadata());
            stream.create(
                    WatchCreateRequest.newBuilder().setKey(utf8("a")).setStartRevision(api.member.revision() - 10));
            assertThat(stream.next().getCreated()).isTrue();
            assertThat(stream.next().getEventsCount()).isPositive();
        } finally {
            channel.shutdownNow();
        }
    }
}
