package io.orderly.coordinator.etcd;

import static io.orderly.coordinator.etcd.EtcdApi.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.grpc.Metadata;
import io.grpc.Status;
import io.orderly.coordinator.api.etcd.CompactionRequest;
import io.orderly.coordinator.api.etcd.DeleteRangeRequest;
import io.orderly.coordinator.api.etcd.Event;
import io.orderly.coordinator.api.etcd.WatchCreateRequest;
import io.orderly.coordinator.api.etcd.WatchCreateRequest.FilterType;
import io.orderly.coordinator.api.etcd.WatchResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchCallTest {

    private static final ByteString ZERO = ByteString.copyFrom(new byte[1]);

    private final EtcdApi api = new EtcdApi();
    private final WatchStreamClient stream = new WatchStreamClient(api.channel, true, new Metadata());

    @AfterEach
    void close() {
        stream.abort();
        api.close();
    }

    private static WatchCreateRequest.Builder watch(String key) {
        return WatchCreateRequest.newBuilder().setKey(utf8(key));
    }

    private static WatchCreateRequest.Builder all() {
        return WatchCreateRequest.newBuilder().setRangeEnd(ZERO);
    }

    private long created(WatchCreateRequest.Builder request) throws InterruptedException {
        stream.create(request);
        WatchResponse response = stream.next();
        assertThat(response.getCreated()).isTrue();
        assertThat(response.getCanceled()).isFalse();
        return response.getWatchId();
    }

    // creation

    @Test
    void theServerChoosesIdsFromZeroAndTheClientMayChooseItsOwn() throws InterruptedException {
        assertThat(created(watch("a"))).isZero();
        assertThat(created(watch("a"))).isEqualTo(1);
        assertThat(created(watch("a").setWatchId(2))).isEqualTo(2);
        assertThat(created(watch("a"))).isEqualTo(3);
        assertThat(created(watch("a").setWatchId(-7))).isEqualTo(-7);
    }

    @Test
    void aDuplicateIdIsRefusedAndTheFirstWatchContinues() throws InterruptedException {
        created(watch("a").setWatchId(9));
        assertNotCreated(watch("b").setWatchId(9), "mvcc: duplicate watch ID provided on the WatchStream");
        api.put("a", "1");
        assertThat(stream.next().getWatchId()).isEqualTo(9);
    }

    @Test
    void anEmptyRangeAndANegativeRevisionAreRefused() throws InterruptedException {
        assertNotCreated(watch("b").setRangeEnd(utf8("a")), "mvcc: watcher range is empty");
        assertNotCreated(watch("b").setRangeEnd(utf8("b")), "mvcc: watcher range is empty");
        assertNotCreated(watch("b").setStartRevision(-1), "etcdserver: mvcc: required revision has been compacted");
    }

    private void assertNotCreated(WatchCreateRequest.Builder request, String reason) throws InterruptedException {
        stream.create(request);
        WatchResponse response = stream.next();
        assertThat(response.getWatchId()).isEqualTo(-1);
        assertThat(response.getCreated()).isTrue();
        assertThat(response.getCanceled()).isTrue();
        assertThat(response.getCancelReason()).isEqualTo(reason);
    }

    @Test
    void theResponseToACreationPrecedesEarlierEvents() throws InterruptedException {
        api.put("a", "1");
        api.put("b", "2");
        created(all().setStartRevision(1));
        assertThat(stream.next().getHeader().getRevision()).isEqualTo(2);
        assertThat(stream.next().getHeader().getRevision()).isEqualTo(3);
    }

    @Test
    void aWatchMayStartInTheFuture() throws InterruptedException {
        created(watch("a").setStartRevision(4));
        api.put("a", "1");
        api.put("a", "2");
        api.put("a", "3");
        assertThat(stream.next().getEvents(0).getKv().getValue()).isEqualTo(utf8("3"));
    }

    // events

    @Test
    void eventsHaveTheRequestedContent() throws InterruptedException {
        api.put("a", "1");
        long plain = created(watch("a"));
        long previous = created(watch("a").setPrevKv(true));
        api.put("a", "2");
        Map<Long, Event> events = nextEvents(2);
        assertThat(events.get(plain).hasPrevKv()).isFalse();
        assertThat(events.get(plain).getType()).isEqualTo(Event.EventType.PUT);
        assertThat(events.get(plain).getKv().getVersion()).isEqualTo(2);
        assertThat(events.get(previous).getPrevKv().getValue()).isEqualTo(utf8("1"));
        delete("a");
        events = nextEvents(2);
        assertThat(events.get(plain).getType()).isEqualTo(Event.EventType.DELETE);
        assertThat(events.get(plain).getKv().getKey()).isEqualTo(utf8("a"));
        assertThat(events.get(plain).getKv().getModRevision()).isEqualTo(4);
        assertThat(events.get(previous).getPrevKv().getValue()).isEqualTo(utf8("2"));
    }

    private Map<Long, Event> nextEvents(int responses) throws InterruptedException {
        Map<Long, Event> events = new HashMap<>();
        for (int i = 0; i < responses; i++) {
            WatchResponse response = stream.next();
            events.put(response.getWatchId(), response.getEvents(0));
        }
        return events;
    }

    private void delete(String key) {
        api.kv().deleteRange(DeleteRangeRequest.newBuilder().setKey(utf8(key)).build());
    }

    @Test
    void filtersRemovePutsOrDeletions() throws InterruptedException {
        long puts = created(watch("a").addFilters(FilterType.NODELETE));
        long deletions = created(watch("a").addFilters(FilterType.NOPUT));
        api.put("a", "1");
        assertThat(stream.next().getWatchId()).isEqualTo(puts);
        delete("a");
        assertThat(stream.next().getWatchId()).isEqualTo(deletions);
    }

    @Test
    void aLargeRevisionIsSplitForAWatchThatAllowsIt() throws InterruptedException {
        created(all().setFragment(true).setStartRevision(100));
        created(all().setFragment(true));
        var txn = io.orderly.coordinator.api.etcd.TxnRequest.newBuilder();
        for (int i = 0; i < 3; i++) {
            txn.addSuccess(io.orderly.coordinator.api.etcd.RequestOp.newBuilder()
                    .setRequestPut(io.orderly.coordinator.api.etcd.PutRequest.newBuilder()
                            .setKey(utf8("k" + i))
                            .setValue(ByteString.copyFrom(new byte[500_000]))));
        }
        api.kv().txn(txn.build());
        WatchResponse first = stream.next();
        WatchResponse second = stream.next();
        assertThat(first.getFragment()).isTrue();
        assertThat(second.getFragment()).isFalse();
        assertThat(first.getEventsCount() + second.getEventsCount()).isEqualTo(3);
    }

    // end

    @Test
    void aCancelledWatchIsConfirmedAndDeliversNothingMore() throws InterruptedException {
        long id = created(watch("a"));
        long other = created(watch("a"));
        stream.cancel(id);
        WatchResponse response = stream.next();
        assertThat(response.getWatchId()).isEqualTo(id);
        assertThat(response.getCanceled()).isTrue();
        assertThat(response.getCreated()).isFalse();
        api.put("a", "1");
        assertThat(stream.next().getWatchId()).isEqualTo(other);
        stream.cancel(id);
        stream.cancel(99);
        api.put("a", "2");
        assertThat(stream.next().getEventsCount()).isEqualTo(1);
        assertThat(stream.waiting()).isZero();
    }

    @Test
    void aWatchOfCompactedRevisionsIsCancelledWithTheFirstLegalRevision() throws InterruptedException {
        for (int i = 0; i < 5; i++) {
            api.put("a", "" + i);
        }
        api.kv().compact(CompactionRequest.newBuilder().setRevision(4).build());
        created(watch("a").setStartRevision(2));
        WatchResponse response = stream.next();
        assertThat(response.getCanceled()).isTrue();
        assertThat(response.getCompactRevision()).isEqualTo(4);
        created(watch("a").setStartRevision(4));
        assertThat(stream.next().getHeader().getRevision()).isEqualTo(4);
    }

    @Test
    void theEndOfTheRequestsDoesNotEndTheWatches() throws InterruptedException {
        created(watch("a"));
        stream.halfClose();
        api.put("a", "1");
        assertThat(stream.next().getEventsCount()).isEqualTo(1);
        assertThat(stream.closed).isNotDone();
    }

    @Test
    void theEndOfTheCallClosesItsWatches() throws InterruptedException {
        created(watch("a"));
        assertThat(api.member.watches()).isEqualTo(1);
        stream.abort();
        await().untilAsserted(() -> assertThat(api.member.watches()).isZero());
    }

    @Test
    void aStreamThatRequiresALeaderEndsWhenThereIsNone() throws Exception {
        Metadata metadata = new Metadata();
        metadata.put(Metadata.Key.of("hasleader", Metadata.ASCII_STRING_MARSHALLER), "true");
        var requiring = new WatchStreamClient(api.channel, true, metadata);
        requiring.create(watch("a"));
        requiring.next();
        created(watch("a"));
        api.member.loseLeader();
        Status status = requiring.closed.get(10, TimeUnit.SECONDS);
        assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(status.getDescription()).isEqualTo("etcdserver: no leader");
        await().untilAsserted(() -> assertThat(api.member.watches()).isEqualTo(1));
        assertThat(stream.closed).isNotDone();
        Status refused = new WatchStreamClient(api.channel, true, metadata).closed.get(10, TimeUnit.SECONDS);
        assertThat(refused.getDescription()).isEqualTo("etcdserver: no leader");
    }

    // progress

    @Test
    void theProgressOfAStreamFollowsAllEventsOfItsWatches() throws InterruptedException {
        stream.requestProgress();
        assertThat(stream.next().getWatchId()).isEqualTo(-1);
        api.put("a", "1");
        created(watch("a").setStartRevision(1));
        assertThat(stream.next().getEventsCount()).isEqualTo(1);
        created(watch("b"));
        created(watch("b").setStartRevision(1_000));
        stream.requestProgress();
        WatchResponse progress = stream.next();
        assertThat(progress.getWatchId()).isEqualTo(-1);
        assertThat(progress.getEventsCount()).isZero();
        assertThat(progress.getHeader().getRevision()).isEqualTo(2);
    }

    // many, and slow

    @Test
    void aThousandWatchesOnOneStreamAllDeliver() throws InterruptedException {
        for (int i = 0; i < 1_000; i++) {
            stream.create(watch("key"));
        }
        for (int i = 0; i < 1_000; i++) {
            assertThat(stream.next().getCreated()).isTrue();
        }
        for (int put = 0; put < 5; put++) {
            api.put("key", "" + put);
        }
        Map<Long, List<Long>> revisions = new HashMap<>();
        for (int i = 0; i < 5_000; i++) {
            WatchResponse response = stream.next();
            revisions
                    .computeIfAbsent(response.getWatchId(), _ -> new ArrayList<>())
                    .add(response.getHeader().getRevision());
        }
        assertThat(revisions).hasSize(1_000);
        assertThat(revisions.values()).allMatch(List.of(2L, 3L, 4L, 5L, 6L)::equals);
    }

    @Test
    void aSlowReaderLosesNoEventsAndDelaysNoOtherClient() throws InterruptedException {
        var slow = new WatchStreamClient(api.channel, false, new Metadata());
        slow.create(watch("key"));
        slow.read(1);
        slow.next();
        int puts = 600;
        String value = "v".repeat(10_000);
        for (int i = 0; i < puts; i++) {
            api.put("key", value);
        }
        assertThat(slow.waiting()).isZero();
        // the responses buffered by the connection, and those buffered by the watch
        assertThat(api.member.watchResponses()).isLessThan(puts / 2);
        slow.read(puts);
        List<Long> revisions = new ArrayList<>();
        for (int i = 0; i < puts; i++) {
            revisions.add(slow.next().getHeader().getRevision());
        }
        assertThat(revisions)
                .isEqualTo(LongStream.rangeClosed(2, puts + 1).boxed().toList());
        slow.abort();
    }
}
