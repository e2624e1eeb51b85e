package io.orderly.coordinator.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderly.coordinator.clock.TimestampRange;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Refusal;
import io.orderly.coordinator.server.Reply;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.Compare;
import io.orderly.coordinator.store.KeyRange;
import io.orderly.coordinator.store.KeyValue;
import io.orderly.coordinator.store.MemberDescription;
import io.orderly.coordinator.store.Operation;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreResponse;
import io.orderly.coordinator.watch.WatchRequest;
import io.orderly.coordinator.watch.WatchResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three members with their threads and folders in one process. */
class ClusterMemberIntegrationTest {

    private static final Bytes KEY = Bytes.utf8("key");

    @TempDir
    private Path folder;

    private TestCluster cluster;

    @BeforeEach
    void start() throws IOException {
        cluster = new TestCluster(folder, 3);
    }

    @AfterEach
    void stop() throws IOException {
        cluster.close();
        assertThat(cluster.failures).isEmpty();
    }

    private static <R> R completed(CompletableFuture<Reply<R>> future) throws Exception {
        Reply<R> reply = future.get(TestCluster.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(reply).isInstanceOf(Reply.Completed.class);
        return ((Reply.Completed<R>) reply).result();
    }

    private static StoreResponse put(Coordinator member, String value) throws Exception {
        return completed(member.execute(StoreCommand.Put.of(KEY, Bytes.utf8(value))));
    }

    private static List<String> values(StoreResponse response) {
        return ((StoreResponse.Range) response)
                .keyValues().stream().map(KeyValue::value).map(Bytes::toUtf8).toList();
    }

    @Test
    void aWriteThroughAFollowerIsReadableOnItAtOnce() throws Exception {
        Coordinator follower = cluster.member(cluster.awaitFollower());
        for (int i = 0; i < 20; i++) {
            assertThat(put(follower, "value-" + i)).isInstanceOf(StoreResponse.Put.class);
            assertThat(values(completed(follower.readLocally(Operation.Range.of(KEY)))))
                    .containsExactly("value-" + i);
        }
    }

    @Test
    void everyMemberReadsWhatAnotherHasWritten() throws Exception {
        cluster.awaitLeader();
        int count = 0;
        for (NodeId writer : cluster.ids()) {
            String value = "value-" + count++;
            put(cluster.member(writer), value);
            for (NodeId reader : cluster.ids()) {
                assertThat(values(completed(cluster.member(reader).read(Operation.Range.of(KEY)))))
                        .containsExactly(value);
            }
        }
    }

    @Test
    void leasesWatchesAndTimestampsWorkThroughAFollower() throws Exception {
        Coordinator follower = cluster.member(cluster.awaitFollower());
        completed(follower.execute(new StoreCommand.LeaseGrant(7, 60_000)));
        BlockingQueue<WatchResponse> events = new LinkedBlockingQueue<>();
        Optional<WatchHandle> watch = follower.watch(WatchRequest.of(KeyRange.of(KEY), 0), 10, events::add)
                .get(TestCluster.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        completed(follower.execute(StoreCommand.Put.of(KEY, Bytes.EMPTY, 7)));
        assertThat(follower.watches()).isEqualTo(1);

        assertThat(events.poll(TestCluster.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isInstanceOf(WatchResponse.Events.class);
        assertThat(completed(follower.keepAlive(7))).isEqualTo(OptionalLong.of(60_000));
        assertThat(completed(follower.keepAlive(8))).isEmpty();
        assertThat(completed(follower.timeToLive(7, true)))
                .hasValueSatisfying(left -> assertThat(left.remainingMillis()).isBetween(30_000L, 60_000L))
                .hasValueSatisfying(left -> assertThat(left.keys()).containsExactly(KEY));
        TimestampRange first = completed(follower.timestamps(10));
        TimestampRange second = completed(follower.timestamps(10));
        assertThat(second.first().toLong()).isGreaterThan(first.last().toLong());
        watch.orElseThrow().close();
    }

    @Test
    void theKeysOfALeaseContainWritesAcknowledgedByAnotherMember() throws Exception {
        Coordinator leader = cluster.member(cluster.awaitLeader());
        Coordinator follower = cluster.member(cluster.awaitFollower());
        for (int lease = 1; lease <= 20; lease++) {
            completed(leader.execute(new StoreCommand.LeaseGrant(lease, 60_000)));
            completed(leader.execute(StoreCommand.Put.of(KEY, Bytes.EMPTY, lease)));
            assertThat(completed(follower.timeToLive(lease, true)))
                    .hasValueSatisfying(left -> assertThat(left.keys()).containsExactly(KEY));
        }
        assertThat(completed(follower.timeToLive(99, true))).isEmpty();
    }

    @Test
    void aLargeResponseIsPassedOnOutsideTheLoop() throws Exception {
        Coordinator leader = cluster.member(cluster.awaitLeader());
        for (String key : List.of("large-1", "large-2")) {
            completed(leader.execute(StoreCommand.Put.of(Bytes.utf8(key), Bytes.of(new byte[700 << 10]))));
        }
        KeyRange large = KeyRange.startingWith(Bytes.utf8("large-"));
        Operation.Range read = Operation.Range.of(large);
        assertThat(threadOf(leader, () -> leader.read(read))).isEqualTo("coordinator-reads");
        var txn = new StoreCommand.Txn(List.of(), List.of(StoreCommand.Put.of(KEY, Bytes.EMPTY), read), List.of());
        assertThat(threadOf(leader, () -> leader.execute(txn))).isEqualTo("coordinator-reads");
        assertThat(threadOf(leader, () -> leader.execute(new StoreCommand.DeleteRange(large, true))))
                .isEqualTo("coordinator-reads");
        assertThat(threadOf(leader, () -> leader.execute(txn))).isEqualTo("coordinator-loop");
    }

    @Test
    void aTransactionThatOnlyReadsFindsWhatWasWrittenAndIsNoEntryOfTheLog() throws Exception {
        Coordinator leader = cluster.member(cluster.awaitLeader());
        Coordinator follower = cluster.member(cluster.awaitFollower());
        var txn = new StoreCommand.Txn(List.of(Compare.isMissing(KEY)), List.of(), List.of(Operation.Range.of(KEY)));
        for (int i = 0; i < 20; i++) {
            put(leader, "value-" + i);
            long last = leader.status().last();
            var response = (StoreResponse.Txn) completed(follower.execute(txn));
            assertThat(response.succeeded()).isFalse();
            assertThat(values(response.answers().getFirst())).containsExactly("value-" + i);
            assertThat(response.revision()).isEqualTo(leader.revision());
            assertThat(leader.status().last()).isEqualTo(last);
        }
    }

    /** The thread that passes on a response. It comes after this thread has said what is to be done with it. */
    private String threadOf(Coordinator leader, Supplier<CompletableFuture<?>> request) throws Exception {
        cluster.network.cutOff(leader.self());
        CompletableFuture<String> thread =
                request.get().thenApply(_ -> Thread.currentThread().getName());
        cluster.network.reconnect(leader.self());
        return thread.get(TestCluster.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void anotherMemberLeadsAfterTheLeaderStops() throws Exception {
        NodeId leader = cluster.awaitLeader();
        put(cluster.member(leader), "before");
        cluster.stop(leader);
        Coordinator survivor = cluster.member(cluster.ids().getFirst());
        assertThat(values(completed(survivor.read(Operation.Range.of(KEY))))).containsExactly("before");
        put(survivor, "after");
        assertThat(values(completed(survivor.read(Operation.Range.of(KEY))))).containsExactly("after");
    }

    @Test
    void acknowledgedWritesSurviveARestart() throws Exception {
        cluster.awaitLeader();
        List<NodeId> all = cluster.ids();
        put(cluster.member(all.getFirst()), "durable");
        for (NodeId id : all) {
            cluster.stop(id);
        }
        for (NodeId id : all) {
            cluster.start(id);
        }
        cluster.awaitLeader();
        assertThat(values(completed(cluster.member(all.getLast()).read(Operation.Range.of(KEY)))))
                .containsExactly("durable");
    }

    @Test
    void aFullQueueRefusesAtOnceAndTheOthersAreAnswered() throws Exception {
        NodeId follower = cluster.awaitFollower();
        cluster.network.cutOff(follower);
        await().atMost(TestCluster.PATIENCE)
                .until(() -> cluster.member(follower).status().leader() == null);
        List<CompletableFuture<Reply<StoreResponse>>> waiting = new ArrayList<>();
        for (int i = 0; i < TestCluster.MAX_PENDING_REQUESTS; i++) {
            waiting.add(cluster.member(follower).read(Operation.Range.of(KEY)));
        }
        Reply<StoreResponse> overloaded = new Reply.Refused<>(new Refusal.Overloaded());
        assertThat(cluster.member(follower).read(Operation.Range.of(KEY))).isCompletedWithValue(overloaded);
        assertThat(cluster.member(follower).execute(StoreCommand.Put.of(KEY, Bytes.EMPTY)))
                .isCompletedWithValue(overloaded);
        assertThat(cluster.member(follower).readLocally(Operation.Range.of(KEY)))
                .isCompletedWithValue(overloaded);
        assertThat(cluster.member(follower).watch(WatchRequest.of(KeyRange.of(KEY), 0), 1, _ -> {}))
                .isCompletedWithValue(Optional.empty());
        cluster.network.reconnect(follower);
        for (CompletableFuture<Reply<StoreResponse>> one : waiting) {
            completed(one);
        }
        completed(cluster.member(follower).read(Operation.Range.of(KEY)));
    }

    /** Other members could not decode such a command. */
    @Test
    void aCommandThatIsTooLargeIsRefusedBeforeItIsForwarded() throws Exception {
        Coordinator follower = cluster.member(cluster.awaitFollower());
        CompletableFuture<Reply<StoreResponse>> future =
                follower.execute(StoreCommand.Put.of(KEY, Bytes.of(new byte[3 << 20])));
        assertThat(future).isCompleted();
        assertThat(future.get())
                .isInstanceOfSatisfying(
                        Reply.Refused.class,
                        refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.TooLarge.class));
    }

    @Test
    void aMemberWhoseDescriptionIsTooLargeIsNotAdded() throws Exception {
        Coordinator leader = cluster.member(cluster.awaitLeader());
        Reply<Member> reply = leader.addMember(List.of("http://" + "h".repeat(9_000) + ":1"), false)
                .get(TestCluster.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(reply)
                .isInstanceOfSatisfying(
                        Reply.Refused.class,
                        refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.TooLarge.class));
        assertThat(leader.members()).hasSize(3);
        assertThat(leader.status().membership().highestId()).isEqualTo(3);
    }

    /** The descriptions of other members leave no room for that of the new one, which is a member already. */
    @Test
    void anAdditionOfWhichOnlyTheFirstStepIsAppliedIsReportedAsUnknown() throws Exception {
        Coordinator leader = cluster.member(cluster.awaitLeader());
        Reply<Member> reply;
        int additions = 0;
        do {
            describeOtherNodes(leader);
            reply = leader.addMember(List.of("http://127.0.0.1:1"), false)
                    .get(TestCluster.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            // once a second the leader deletes the description of a node that is no member
        } while (reply instanceof Reply.Completed && ++additions < 10);
        assertThat(reply).isEqualTo(new Reply.Unknown<Member>());
        assertThat(leader.members()).hasSize(4 + additions);
    }

    private static void describeOtherNodes(Coordinator leader) throws Exception {
        List<CompletableFuture<Reply<StoreResponse>>> described = new ArrayList<>();
        for (int id = 100; id < 200; id++) {
            described.add(leader.execute(new StoreCommand.DescribeMember(
                    new MemberDescription(new NodeId(id), "", List.of(), List.of(), false))));
        }
        for (CompletableFuture<Reply<StoreResponse>> one : described) {
            completed(one);
        }
    }

    @Test
    void aLearnerThatHasNeverStartedIsNotPromoted() throws Exception {
        Coordinator follower = cluster.member(cluster.awaitFollower());
        put(follower, "decided");
        Member added = completed(follower.addMember(List.of("http://127.0.0.1:1"), false));
        Reply<Member> reply =
                follower.promoteMember(added.id()).get(TestCluster.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(reply)
                .isInstanceOfSatisfying(
                        Reply.Refused.class,
                        refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.NotCaughtUp.class));
        assertThat(follower.status().membership().isLearner(added.id())).isTrue();
    }

    /** An interrupted read of a snapshot would be treated as a failure of the disk. */
    @Test
    void aMemberThatStopsDoesNotInterruptTheCurrentTurn() throws Exception {
        NodeId follower = cluster.awaitFollower();
        var begun = new CountDownLatch(1);
        var isInterrupted = new CompletableFuture<Boolean>();
        cluster.threads(follower).call(() -> {
            begun.countDown();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300));
            isInterrupted.complete(Thread.currentThread().isInterrupted());
        });
        begun.await();
        cluster.stop(follower);
        assertThat(isInterrupted).isCompletedWithValue(false);
    }

    @Test
    void aLargeReadIsAnsweredFromAView() throws Exception {
        NodeId leader = cluster.awaitLeader();
        for (int part = 0; part < 20; part++) {
            List<Operation> puts = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                puts.add(StoreCommand.Put.of(Bytes.utf8("many-%d-%d".formatted(part, i)), Bytes.EMPTY));
            }
            completed(cluster.member(leader).execute(new StoreCommand.Txn(List.of(), puts, List.of())));
        }
        for (NodeId member : cluster.ids()) {
            assertThat(values(completed(cluster.member(member).read(Operation.Range.of(KeyRange.ALL)))))
                    .hasSize(2_000);
            assertThat(completed(cluster.member(member).view()).revision()).isGreaterThanOrEqualTo(21);
        }
    }

    @Test
    void whileTheStateOfAMemberDiffersTheOthersRefuseUntilItIsRemoved() throws Exception {
        NodeId leader = cluster.awaitLeader();
        NodeId wrong = cluster.awaitFollower();
        cluster.network.reportWrongHashesOf(wrong);
        for (NodeId member : cluster.ids()) {
            if (!member.equals(wrong)) {
                await().atMost(TestCluster.PATIENCE)
                        .untilAsserted(() ->
                                assertThat(cluster.member(member).differing()).containsExactly(wrong));
            }
        }
        Reply<StoreResponse> corrupt = new Reply.Refused<>(new Refusal.StateCorrupt());
        Coordinator member = cluster.member(leader);
        assertThat(member.execute(StoreCommand.Put.of(KEY, Bytes.EMPTY))).isCompletedWithValue(corrupt);
        assertThat(member.read(Operation.Range.of(KEY))).isCompletedWithValue(corrupt);
        assertThat(member.readLocally(Operation.Range.of(KEY))).isCompletedWithValue(corrupt);

        assertThat(completed(member.removeMember(wrong))).isEqualTo(wrong);
        await().atMost(TestCluster.PATIENCE)
                .untilAsserted(() -> assertThat(member.differing()).isEmpty());
        put(member, "again");
    }

    @Test
    void aMemberWithoutAQuorumRefusesAfterTheTimeout() throws Exception {
        NodeId leader = cluster.awaitLeader();
        NodeId follower = cluster.awaitFollower();
        cluster.network.cutOff(follower);
        await().atMost(TestCluster.PATIENCE)
                .until(() -> cluster.member(follower).status().leader() == null);
        assertThat(cluster.member(follower)
                        .read(Operation.Range.of(KEY))
                        .get(TestCluster.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isInstanceOf(Reply.Refused.class);
        cluster.network.reconnect(follower);
        put(cluster.member(leader), "again");
        assertThat(values(completed(cluster.member(follower).read(Operation.Range.of(KEY)))))
                .containsExactly("again");
    }
}
