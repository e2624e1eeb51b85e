package io.orderly.lab.torture.coordinator;

import com.google.protobuf.ByteString;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.orderly.coordinator.api.etcd.Event;
import io.orderly.coordinator.api.etcd.KVGrpc;
import io.orderly.coordinator.api.etcd.PutRequest;
import io.orderly.coordinator.api.etcd.WatchCreateRequest;
import io.orderly.coordinator.api.etcd.WatchGrpc;
import io.orderly.coordinator.api.etcd.WatchRequest;
import io.orderly.coordinator.api.etcd.WatchResponse;
import io.orderly.lab.coordinator.ClusterMember;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Reads all changes that a member keeps, with a watch from the first revision on. */
final class DurableLog {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final ByteString FIRST = ByteString.copyFromUtf8(TxnRequests.PREFIX);
    private static final ByteString END = ByteString.copyFromUtf8("torture0");
    private static final String MARK = TxnRequests.PREFIX + "mark";

    private DurableLog() {}

    /** @throws IllegalStateException if the member does not deliver the whole history in time */
    static List<LogEvent> read(ClusterMember member) throws InterruptedException {
        long mark = KVGrpc.newBlockingStub(member.channel())
                .withDeadlineAfter(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .put(PutRequest.newBuilder()
                        .setKey(ByteString.copyFromUtf8(MARK))
                        .setValue(ByteString.copyFromUtf8("0"))
                        .build())
                .getHeader()
                .getRevision();
        Reader reader = new Reader(mark);
        var requests = WatchGrpc.newStub(member.channel())
                .withDeadlineAfter(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .watch(reader);
        requests.onNext(WatchRequest.newBuilder()
                .setCreateRequest(WatchCreateRequest.newBuilder()
                        .setKey(FIRST)
                        .setRangeEnd(END)
                        .setStartRevision(1))
                .build());
        try {
            return reader.events.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(
                    "%s does not deliver its history up to revision %d: %s".formatted(member, mark, e), e);
        } finally {
            reader.cancel();
        }
    }

    private static final class Reader implements ClientResponseObserver<WatchRequest, WatchResponse> {

        final CompletableFuture<List<LogEvent>> events = new CompletableFuture<>();
        private final List<LogEvent> soFar = new ArrayList<>();
        private final long lastRevision;
        private final CompletableFuture<ClientCallStreamObserver<WatchRequest>> call = new CompletableFuture<>();

        Reader(long lastRevision) {
            this.lastRevision = lastRevision;
        }

        void cancel() {
            call.join().cancel("all of it was read", null);
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<WatchRequest> started) {
            call.complete(started);
        }

        @Override
        public void onNext(WatchResponse response) {
            if (response.getCanceled()) {
                events.completeExceptionally(new IllegalStateException("canceled: %s, compacted up to revision %d"
                        .formatted(response.getCancelReason(), response.getCompactRevision())));
                return;
            }
            for (Event event : response.getEventsList()) {
                String key = event.getKv().getKey().toStringUtf8();
                long revision = event.getKv().getModRevision();
                if (!key.equals(MARK)) {
                    soFar.add(new LogEvent(key, value(event), revision));
                } else if (revision == lastRevision) {
                    events.complete(List.copyOf(soFar));
                }
            }
        }

        private static long value(Event event) {
            return event.getType() == Event.EventType.DELETE
                    ? 0
                    : Long.parseLong(event.getKv().getValue().toStringUtf8());
        }

        @Override
        public void onError(Throwable failure) {
            events.completeExceptionally(failure);
        }

        @Override
        public void onCompleted() {
            events.completeExceptionally(new IllegalStateException("the member ended the watch"));
        }
    }
}
