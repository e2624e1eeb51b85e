package io.orderly.coordinator.etcd;

import static io.orderly.coordinator.etcd.EtcdApi.assertFails;
import static io.orderly.coordinator.etcd.EtcdApi.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.ClientInterceptor;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.grpc.stub.MetadataUtils;
import io.orderly.clock.HybridTimestamp;
import io.orderly.coordinator.api.etcd.CompactionRequest;
import io.orderly.coordinator.api.etcd.DeleteRangeRequest;
import io.orderly.coordinator.api.etcd.KeyValue;
import io.orderly.coordinator.api.etcd.PutRequest;
import io.orderly.coordinator.api.etcd.PutResponse;
import io.orderly.coordinator.api.etcd.RangeRequest;
import io.orderly.coordinator.api.etcd.RangeRequest.SortOrder;
import io.orderly.coordinator.api.etcd.RangeRequest.SortTarget;
import io.orderly.coordinator.api.etcd.RangeResponse;
import io.orderly.coordinator.consensus.Refusal;
import io.orderly.coordinator.consensus.ReplicaOutcome;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.Operation;
import io.orderly.coordinator.store.StoreCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KvServiceTest {

    private static final ByteString ZERO = ByteString.copyFrom(new byte[1]);

    private final EtcdApi api = new EtcdApi();

    @BeforeEach
    void put() {
        api.put("a", "3");
        api.put("b", "1");
        api.put("c", "2");
        api.put("a", "4");
    }

    @AfterEach
    void close() {
        api.close();
    }

    private RangeResponse range(RangeRequest.Builder request) {
        return api.kv().range(request.build());
    }

    private static RangeRequest.Builder all() {
        return RangeRequest.newBuilder().setKey(ZERO).setRangeEnd(ZERO);
    }

    private static List<String> keys(RangeResponse response) {
        return response.getKvsList().stream()
                .map(one -> one.getKey().toStringUtf8())
                .toList();
    }

    // ranges

    @Test
    void aKeyIsReadWithItsRevisionsAndTheHeader() {
        RangeResponse response = api.get("a");
        assertThat(response.getKvsList())
                .containsExactly(KeyValue.newBuilder()
                        .setKey(utf8("a"))
                        .setValue(utf8("4"))
                        .setCreateRevision(2)
                        .setModRevision(5)
                        .setVersion(2)
                        .build());
        assertThat(response.getCount()).isEqualTo(1);
        assertThat(response.getMore()).isFalse();
        assertThat(response.getHeader().getClusterId()).isEqualTo(api.member.clusterId());
        assertThat(response.getHeader().getMemberId()).isEqualTo(1);
        assertThat(response.getHeader().getRevision()).isEqualTo(5);
        assertThat(response.getHeader().getRaftTerm()).isEqualTo(1);
    }

    @Test
    void aRangeIsHalfOpenAndAMalformedRangeIsEmpty() {
        assertThat(keys(range(RangeRequest.newBuilder().setKey(utf8("a")).setRangeEnd(utf8("c")))))
                .containsExactly("a", "b");
        assertThat(keys(range(RangeRequest.newBuilder().setKey(utf8("b")).setRangeEnd(ZERO))))
                .containsExactly("b", "c");
        assertThat(range(RangeRequest.newBuilder().setKey(utf8("c")).setRangeEnd(utf8("a")))
                        .getCount())
                .isZero();
    }

    @Test
    void aLimitTruncatesTheListButNotTheCount() {
        RangeResponse response = range(all().setLimit(2));
        assertThat(keys(response)).containsExactly("a", "b");
        assertThat(response.getMore()).isTrue();
        assertThat(response.getCount()).isEqualTo(3);
        assertThat(keys(range(all().setLimit(-1)))).hasSize(3);
    }

    @Test
    void keysAreSortedByAnyField() {
        assertThat(keys(range(all().setSortTarget(SortTarget.VALUE)))).containsExactly("b", "c", "a");
        assertThat(keys(range(all().setSortTarget(SortTarget.MOD).setSortOrder(SortOrder.DESCEND))))
                .containsExactly("a", "c", "b");
        assertThat(keys(range(all().setSortTarget(SortTarget.CREATE).setSortOrder(SortOrder.DESCEND))))
                .containsExactly("c", "b", "a");
        assertThat(keys(range(all().setSortTarget(SortTarget.VERSION).setSortOrder(SortOrder.ASCEND))))
                .containsExactly("b", "c", "a");
        assertThat(keys(range(all().setSortOrder(SortOrder.DESCEND)))).containsExactly("c", "b", "a");
        assertFails(() -> range(all().setSortOrderValue(9)), Code.INVALID_ARGUMENT, "etcdserver: invalid sort option");
        assertFails(() -> range(all().setSortTargetValue(9)), Code.INVALID_ARGUMENT, "etcdserver: invalid sort option");
    }

    @Test
    void filteredKeysAreStillCounted() {
        assertThat(keys(range(all().setMinModRevision(4)))).containsExactly("a", "c");
        assertThat(keys(range(all().setMaxModRevision(4)))).containsExactly("b", "c");
        assertThat(keys(range(all().setMinCreateRevision(3).setMaxCreateRevision(3))))
                .containsExactly("b");
        assertThat(range(all().setMaxModRevision(-1)).getKvsList()).isEmpty();
        assertThat(range(all().setMaxModRevision(-1)).getCount()).isEqualTo(3);
        assertThat(keys(range(all().setMinModRevision(-1)))).hasSize(3);
    }

    @Test
    void onlyKeysOrOnlyTheCountAreReturned() {
        assertThat(range(all().setKeysOnly(true)).getKvsList())
                .allMatch(one -> one.getValue().isEmpty());
        RangeResponse counted = range(all().setCountOnly(true));
        assertThat(counted.getKvsList()).isEmpty();
        assertThat(counted.getCount()).isEqualTo(3);
    }

    @Test
    void anOldRevisionIsReadUntilItIsCompacted() {
        assertThat(range(RangeRequest.newBuilder().setKey(utf8("a")).setRevision(2))
                        .getKvs(0)
                        .getValue())
                .isEqualTo(utf8("3"));
        assertFails(
                () -> range(all().setRevision(99)),
                Code.OUT_OF_RANGE,
                "etcdserver: mvcc: required revision is a future revision");
        api.kv()
                .compact(CompactionRequest.newBuilder()
                        .setRevision(4)
                        .setPhysical(true)
                        .build());
        assertFails(
                () -> range(all().setRevision(3)),
                Code.OUT_OF_RANGE,
                "etcdserver: mvcc: required revision has been compacted");
        assertThat(keys(range(all().setRevision(4)))).containsExactly("a", "b", "c");
        assertThat(keys(range(all().setRevision(-1)))).containsExactly("a", "b", "c");
    }

    @Test
    void aCompactionAtACompactedOrFutureRevisionIsRefused() {
        api.kv().compact(CompactionRequest.newBuilder().setRevision(3).build());
        assertFails(
                () -> api.kv()
                        .compact(CompactionRequest.newBuilder().setRevision(3).build()),
                Code.OUT_OF_RANGE,
                "etcdserver: mvcc: required revision has been compacted");
        assertFails(
                () -> api.kv()
                        .compact(CompactionRequest.newBuilder().setRevision(100).build()),
                Code.OUT_OF_RANGE,
                "etcdserver: mvcc: required revision is a future revision");
    }

    @Test
    void aSerializableReadNeedsNoLeader() {
        api.member.loseLeader();
        assertThat(keys(range(all().setSerializable(true)))).hasSize(3);
        assertFails(() -> range(all()), Code.UNAVAILABLE, "etcdserver: no leader");
    }

    // writes

    @Test
    void aPutReturnsThePreviousVersionIfAsked() {
        PutResponse response = api.kv()
                .put(PutRequest.newBuilder()
                        .setKey(utf8("b"))
                        .setValue(utf8("x"))
                        .setPrevKv(true)
                        .build());
        assertThat(response.getPrevKv().getValue()).isEqualTo(utf8("1"));
        assertThat(response.getHeader().getRevision()).isEqualTo(6);
        assertThat(api.put("b", "y").hasPrevKv()).isFalse();
    }

    @Test
    void aPutKeepsValueOrLease() {
        long lease = api.grant(60);
        api.put("leased", "v", lease);
        api.kv()
                .put(PutRequest.newBuilder()
                        .setKey(utf8("leased"))
                        .setValue(utf8("w"))
                        .setIgnoreLease(true)
                        .build());
        assertThat(api.get("leased").getKvs(0).getLease()).isEqualTo(lease);
        api.kv()
                .put(PutRequest.newBuilder()
                        .setKey(utf8("leased"))
                        .setIgnoreValue(true)
                        .build());
        assertThat(api.get("leased").getKvs(0).getValue()).isEqualTo(utf8("w"));
        assertThat(api.get("leased").getKvs(0).getLease()).isZero();
    }

    @Test
    void anInvalidPutIsRefused() {
        assertPutFails(PutRequest.newBuilder(), "etcdserver: key is not provided");
        assertPutFails(
                PutRequest.newBuilder().setKey(utf8("b")).setValue(utf8("v")).setIgnoreValue(true),
                "etcdserver: value is provided");
        assertPutFails(
                PutRequest.newBuilder().setKey(utf8("b")).setLease(1).setIgnoreLease(true),
                "etcdserver: lease is provided");
        assertPutFails(PutRequest.newBuilder().setKey(utf8("new")).setIgnoreValue(true), "etcdserver: key not found");
        assertFails(() -> api.put("b", "v", 77), Code.NOT_FOUND, "etcdserver: requested lease not found");
    }

    private void assertPutFails(PutRequest.Builder request, String text) {
        assertFails(() -> api.kv().put(request.build()), Code.INVALID_ARGUMENT, text);
    }

    @Test
    void anOversizedPutIsRefusedAndTheConnectionStaysUsable() {
        assertPutFails(
                PutRequest.newBuilder().setKey(utf8("b")).setValue(ByteString.copyFrom(new byte[3 << 19])),
                "etcdserver: request is too large");
        assertFails(
                () -> api.kv()
                        .put(PutRequest.newBuilder()
                                .setKey(utf8("b"))
                                .setValue(ByteString.copyFrom(new byte[3 << 20]))
                                .build()),
                Code.RESOURCE_EXHAUSTED,
                "gRPC message exceeds maximum size 2097152: 3145736");
        assertPutFails(
                PutRequest.newBuilder().setKey(ByteString.copyFrom(new byte[(64 << 10) + 1])),
                "coordinator: key of 65537 bytes is larger than 65536");
        assertThat(api.put("b", "v").getHeader().getRevision()).isEqualTo(6);
    }

    @Test
    void keysAreDeletedAndReturnedIfAsked() {
        var response = api.kv()
                .deleteRange(DeleteRangeRequest.newBuilder()
                        .setKey(utf8("a"))
                        .setRangeEnd(utf8("c"))
                        .setPrevKv(true)
                        .build());
        assertThat(response.getDeleted()).isEqualTo(2);
        assertThat(response.getPrevKvsList()).hasSize(2);
        assertThat(keys(range(all()))).containsExactly("c");
        assertFails(
                () -> api.kv().deleteRange(DeleteRangeRequest.getDefaultInstance()),
                Code.INVALID_ARGUMENT,
                "etcdserver: key is not provided");
        assertFails(
                () -> api.kv().range(RangeRequest.getDefaultInstance()),
                Code.INVALID_ARGUMENT,
                "etcdserver: key is not provided");
    }

    @Test
    void aRangeOfMoreKeysThanACommandMayDeleteIsDeletedInParts() {
        int keys = 200_000;
        List<CompletableFuture<?>> filled = new ArrayList<>();
        for (int batch = 0; batch < keys / 125; batch++) {
            List<Operation> puts = new ArrayList<>();
            for (int i = 0; i < 125; i++) {
                puts.add(StoreCommand.Put.of(Bytes.utf8("many/%06d".formatted(batch * 125 + i)), Bytes.EMPTY));
            }
            filled.add(api.member.execute(new StoreCommand.Txn(List.of(), puts, List.of())));
        }
        filled.forEach(CompletableFuture::join);
        DeleteRangeRequest many = DeleteRangeRequest.newBuilder()
                .setKey(utf8("many/"))
                .setRangeEnd(utf8("many0"))
                .build();
        assertFails(
                () -> api.kv().deleteRange(many.toBuilder().setPrevKv(true).build()),
                Code.RESOURCE_EXHAUSTED,
                "coordinator: more than 2000000 steps of work, split the range");
        long before = api.put("a", "before").getHeader().getRevision();
        var deleted = api.kv().deleteRange(many);
        assertThat(deleted.getDeleted()).isEqualTo(keys);
        assertThat(deleted.getHeader().getRevision())
                .as("parts, between which the others are served")
                .isGreaterThanOrEqualTo(before + 20);
        assertThat(keys(range(all()))).containsExactly("a", "b", "c");
    }

    @Test
    void aCallWithAHybridTimeIsAnsweredWithALaterOneAndOthersWithNone() {
        var ahead = new HybridTimestamp(System.currentTimeMillis() + 2_000, 7);
        var sent = new Metadata();
        sent.put(HybridTimeMetadata.KEY, ahead.toString());
        var headers = new AtomicReference<Metadata>();
        ClientInterceptor capture = MetadataUtils.newCaptureMetadataInterceptor(headers, new AtomicReference<>());
        RangeRequest request = RangeRequest.newBuilder().setKey(utf8("a")).build();
        api.kv()
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(sent), capture)
                .range(request);
        assertThat(HybridTimestamp.parse(headers.get().get(HybridTimeMetadata.KEY)))
                .isGreaterThan(ahead);
        api.kv().withInterceptors(capture).range(request);
        assertThat(headers.get().containsKey(HybridTimeMetadata.KEY)).isFalse();
    }

    // outcomes

    @Test
    void anUnknownOutcomeAndEachRefusalHaveTheirStatus() {
        api.member.answerWith(new ReplicaOutcome.Unknown(1));
        assertFails(
                () -> api.put("a", "v"),
                Code.UNAVAILABLE,
                "etcdserver: request timed out, possibly due to previous leader failure");
        api.member.answerWith(new ReplicaOutcome.NotApplied(1, new Refusal.Overloaded()));
        assertFails(() -> api.put("a", "v"), Code.RESOURCE_EXHAUSTED, "etcdserver: too many requests");
        api.member.answerWith(new ReplicaOutcome.NotApplied(1, new Refusal.TooLarge(9, 8)));
        assertFails(() -> api.put("a", "v"), Code.INVALID_ARGUMENT, "etcdserver: request is too large");
        api.member.answerWith(new ReplicaOutcome.NotApplied(1, new Refusal.Transferring()));
        assertFails(() -> api.put("a", "v"), Code.UNAVAILABLE, "etcdserver: leader changed");
        api.member.answerWith(new ReplicaOutcome.NotApplied(1, new Refusal.DiskFull()));
        assertFails(() -> api.put("a", "v"), Code.RESOURCE_EXHAUSTED, "etcdserver: mvcc: database space exceeded");
        api.member.answerWith(new ReplicaOutcome.NotApplied(1, new Refusal.StateCorrupt()));
        assertFails(() -> api.put("a", "v"), Code.DATA_LOSS, "etcdserver: corrupt cluster");
        api.member.answerWith(null);
        api.member.loseLeader();
        assertFails(() -> api.put("a", "v"), Code.UNAVAILABLE, "etcdserver: no leader");
    }
}
