package io.orderly.coordinator.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.coordinator.consensus.Ballot;
import io.orderly.coordinator.consensus.Membership;
import io.orderly.coordinator.consensus.MembershipRequest;
import io.orderly.coordinator.consensus.Message;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Payload;
import io.orderly.coordinator.consensus.Refusal;
import io.orderly.coordinator.consensus.Status;
import io.orderly.coordinator.log.DataFolder;
import io.orderly.coordinator.log.FolderDisk;
import io.orderly.coordinator.log.LogSettings;
import io.orderly.coordinator.log.NodeIdentity;
import io.orderly.coordinator.node.DiskStorage;
import io.orderly.coordinator.peer.ForwardedReply;
import io.orderly.coordinator.peer.ForwardedRequest;
import io.orderly.coordinator.peer.PeerMessage;
import io.orderly.coordinator.peer.PeerNetwork;
import io.orderly.coordinator.server.StateHash;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.CommandCodec;
import io.orderly.coordinator.store.KeyRange;
import io.orderly.coordinator.store.MemberDescription;
import io.orderly.coordinator.store.Operation;
import io.orderly.coordinator.store.RangeOptions;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreListener;
import io.orderly.coordinator.store.StoreResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Turns of a loop without threads, in virtual time: the only voter of its cluster. */
class MemberLoopTest {

    private static final NodeId SELF = new NodeId(1);
    private static final NodeId FOLLOWER = new NodeId(2);
    private static final NodeIdentity IDENTITY = new NodeIdentity(new UUID(0, 1), SELF);
    private static final byte[] PUT = CommandCodec.encode(StoreCommand.Put.of(Bytes.utf8("k"), Bytes.EMPTY));
    private static final int STEPS_PER_TURN = 20_000;
    private static final MemberSettings SETTINGS = settings();
    private static final long TICK_NANOS = SETTINGS.tickInterval().toNanos();

    @TempDir
    private Path folder;

    private final List<PeerMessage> sent = new ArrayList<>();
    private final List<PeerMessage> keptBack = new ArrayList<>();
    private Map<NodeId, InetSocketAddress> connected = Map.of();
    private long nowNanos = 1;
    private FolderDisk disk;
    private DiskStorage storage;
    private MemberLoop loop;

    private static MemberSettings settings() {
        MemberSettings defaults = MemberSettings.DEFAULTS;
        return new MemberSettings(
                defaults.consensus(),
                defaults.server(),
                defaults.forwarding(),
                defaults.tickInterval(),
                defaults.maxPendingRequests(),
                defaults.maxPendingBytes(),
                defaults.maxPeerMessages(),
                defaults.maxStepsOnLoop(),
                STEPS_PER_TURN,
                defaults.maxLargeReads(),
                defaults.diskReserveBytes());
    }

    @BeforeEach
    void start() throws IOException {
        disk = FolderDisk.take(folder);
        DataFolder.create(disk, IDENTITY, 1, Membership.of(1), LogSettings.DEFAULTS);
        start(0);
    }

    private void start(long reserveBytes) throws IOException {
        storage = new DiskStorage(DataFolder.open(disk, IDENTITY, LogSettings.DEFAULTS), reserveBytes);
        storage.measure();
        loop = new MemberLoop(
                SELF,
                List.of(new Member(SELF, "one", List.of("http://one:1"), List.of(), false)),
                SETTINGS,
                storage,
                new PeerNetwork() {
                    @Override
                    public boolean send(NodeId to, PeerMessage message) {
                        return keptBack.add(message);
                    }

                    @Override
                    public void collect() {}

                    @Override
                    public void flush() {
                        sent.addAll(keptBack);
                        keptBack.clear();
                    }

                    @Override
                    public void connectTo(Map<NodeId, InetSocketAddress> peers) {
                        connected = peers;
                    }
                },
                new SplittableRandom(1),
                () -> 1_700_000_000_000L,
                _ -> {},
                new StoreListener() {});
        loop.begin(nowNanos);
    }

    @AfterEach
    void stop() throws IOException {
        disk.close();
    }

    private void turn(LoopEvent... events) throws IOException {
        nowNanos += TICK_NANOS;
        loop.turn(List.of(events), nowNanos, 0);
        while (storage.hasWork()) {
            storage.write();
            loop.turn(List.of(new LoopEvent.Forced(storage.force())), nowNanos, 0);
        }
    }

    /** Runs turns until this member leads, and has published itself. */
    private void lead() throws IOException {
        for (int i = 0; i < 300; i++) {
            turn();
        }
        assertThat(loop.status().role()).isEqualTo(Status.Role.LEADER);
    }

    private static LoopEvent forwarded(long id, ForwardedRequest request) {
        return new LoopEvent.Arrived(FOLLOWER, new PeerMessage.Request(id, request));
    }

    @Test
    void aCommandThatArrivesTwiceIsExecutedOnce() throws IOException {
        lead();
        long before = loop.revision();
        turn(forwarded(7, new ForwardedRequest.Execute(PUT)));
        turn(forwarded(7, new ForwardedRequest.Execute(PUT)), forwarded(7, new ForwardedRequest.Execute(PUT)));
        assertThat(loop.revision()).isEqualTo(before + 1);
        assertThat(sent)
                .singleElement()
                .satisfies(reply -> assertThat(reply)
                        .isInstanceOfSatisfying(
                                PeerMessage.Reply.class,
                                one -> assertThat(one.reply()).isInstanceOf(ForwardedReply.Executed.class)));
    }

    @Test
    void aCommandOfANewerProgramIsRefusedAndDoesNotReachTheLog() throws IOException {
        lead();
        long before = loop.status().commit();
        byte[] newer = PUT.clone();
        newer[0] = (byte) 0xff;
        turn(forwarded(7, new ForwardedRequest.Execute(newer)));
        assertThat(loop.status().commit()).isEqualTo(before);
        assertThat(sent)
                .singleElement()
                .satisfies(reply -> assertThat(((PeerMessage.Reply) reply).reply())
                        .isInstanceOfSatisfying(
                                ForwardedReply.Refused.class,
                                one -> assertThat(one.refusal()).isInstanceOf(Refusal.Invalid.class)));
    }

    @Test
    void aReadThatArrivesTwiceIsAnsweredTwice() throws IOException {
        lead();
        turn(forwarded(7, new ForwardedRequest.ReadBarrier()));
        turn(forwarded(7, new ForwardedRequest.ReadBarrier()));
        assertThat(sent).hasSize(2);
    }

    @Test
    void aMemberThatDoesNotLeadRefusesForwardedRequests() throws IOException {
        turn(
                forwarded(1, new ForwardedRequest.Execute(PUT)),
                forwarded(2, new ForwardedRequest.ReadBarrier()),
                forwarded(3, new ForwardedRequest.KeepAlive(1)),
                forwarded(4, new ForwardedRequest.TransferLeadership(FOLLOWER)));
        assertThat(sent)
                .hasSize(4)
                .allSatisfy(reply -> assertThat(((PeerMessage.Reply) reply).reply())
                        .isEqualTo(new ForwardedReply.Refused(new Refusal.NotLeader(null))));
    }

    @Test
    void theStateIsPublishedBeforeAClientIsAnswered() throws IOException {
        lead();
        long before = loop.revision();
        List<Long> seen = new ArrayList<>();
        turn(new LoopEvent.Submitted(new ForwardedRequest.Execute(PUT), reply -> {
            assertThat(reply)
                    .isInstanceOfSatisfying(
                            ForwardedReply.Executed.class,
                            executed -> assertThat(executed.response()).isInstanceOf(StoreResponse.Put.class));
            seen.add(loop.revision());
        }));
        assertThat(seen).containsExactly(before + 1);
    }

    @Test
    void aMemberThatLeadsPublishesItself() throws IOException {
        lead();
        assertThat(loop.server().state().members()).hasSize(1);
        assertThat(loop.members()).containsExactly(new Member(SELF, "one", List.of("http://one:1"), List.of(), false));
    }

    /** The member has not applied the change when it publishes what its configuration says. */
    @Test
    void peerUrlsThatWereChangedSurviveALatePublication() throws IOException {
        lead();
        var moved = new MemberDescription(SELF, "one", List.of("http://moved:1"), List.of(), true);
        turn(submitted(new StoreCommand.DescribeMember(moved)));
        turn(submitted(new StoreCommand.PublishMember(
                new MemberDescription(SELF, "one", List.of("http://one:1"), List.of("http://one:2"), false))));
        assertThat(loop.server().state().members())
                .containsExactly(
                        new MemberDescription(SELF, "one", List.of("http://moved:1"), List.of("http://one:2"), true));
    }

    @Test
    void aPeerThatWasRemovedStaysConnectedForAWhile() throws IOException {
        lead();
        turn(new LoopEvent.Submitted(
                new ForwardedRequest.ChangeMembership(new MembershipRequest.AddLearner(FOLLOWER)), _ -> {}));
        turn(describeFollower("http://two:1"));
        assertThat(connected).containsOnlyKeys(FOLLOWER);
        turn(new LoopEvent.Submitted(
                new ForwardedRequest.ChangeMembership(new MembershipRequest.Remove(FOLLOWER)), _ -> {}));
        turn();
        assertThat(loop.status().membership().isMember(FOLLOWER)).isFalse();
        assertThat(connected).containsOnlyKeys(FOLLOWER);
        for (int i = 0; i < 100; i++) {
            turn();
        }
        assertThat(connected).isEmpty();
    }

    @Test
    void aMemberWithAnUnusableUrlIsNotTreatedAsRemoved() throws IOException {
        lead();
        turn(new LoopEvent.Submitted(
                new ForwardedRequest.ChangeMembership(new MembershipRequest.AddLearner(FOLLOWER)), _ -> {}));
        turn(describeFollower("http://two:1"));
        turn(describeFollower("http://two:99999"));
        for (int i = 0; i < 200; i++) {
            turn();
        }
        assertThat(connected).containsOnly(Map.entry(FOLLOWER, InetSocketAddress.createUnresolved("two", 1)));
        turn(describeFollower("http://two:2"));
        assertThat(connected).containsOnly(Map.entry(FOLLOWER, InetSocketAddress.createUnresolved("two", 2)));
    }

    private static LoopEvent describeFollower(String peerUrl) {
        var description = new MemberDescription(FOLLOWER, "", List.of(peerUrl), List.of(), false);
        return submitted(new StoreCommand.DescribeMember(description));
    }

    private static LoopEvent submitted(StoreCommand command) {
        return new LoopEvent.Submitted(new ForwardedRequest.Execute(CommandCodec.encode(command)), _ -> {});
    }

    /** A transaction that only reads, and takes more steps than a turn may. */
    private static StoreCommand heavy() {
        return new StoreCommand.Txn(
                List.of(),
                Collections.nCopies(100, new Operation.Range(KeyRange.ALL, RangeOptions.DEFAULTS)),
                List.of());
    }

    private void fill() throws IOException {
        for (int part = 0; part < 2; part++) {
            List<Operation> puts = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                puts.add(StoreCommand.Put.of(Bytes.utf8("many-%d-%d".formatted(part, i)), Bytes.EMPTY));
            }
            turn(submitted(new StoreCommand.Txn(List.of(), puts, List.of())));
        }
    }

    private LoopEvent[] heavy(int count, List<ForwardedReply> replies) {
        LoopEvent[] events = new LoopEvent[count];
        Arrays.setAll(
                events,
                _ -> new LoopEvent.Submitted(new ForwardedRequest.Execute(CommandCodec.encode(heavy())), replies::add));
        return events;
    }

    @Test
    void commandsThatAreMuchWorkAreAppliedInSeveralTurnsBetweenWhichTheRestIsServed() throws IOException {
        lead();
        fill();
        List<ForwardedReply> replies = new ArrayList<>();
        turn(heavy(20, replies));
        assertThat(replies).hasSizeLessThan(3);
        assertThat(loop.status().applied()).isLessThan(loop.status().commit());
        assertThat(loop.nanosToNextTurn(nowNanos))
                .as("the rest is not left to the next event")
                .isZero();
        List<Integer> answered = new ArrayList<>();
        turn(new LoopEvent.Call(() -> answered.add(replies.size())));
        assertThat(answered.getFirst())
                .as("what has arrived is handled between them")
                .isLessThan(20);
        int turns = 0;
        while (replies.size() < 20) {
            turn();
            turns++;
            assertThat(turns).isLessThan(40);
        }
        assertThat(turns).isGreaterThan(5);
        assertThat(loop.status().applied()).isEqualTo(loop.status().commit());
        assertThat(replies).hasOnlyElementsOfType(ForwardedReply.Executed.class);
    }

    @Test
    void aReadFindsWhatWasDecidedBeforeItAlthoughThatIsAppliedLater() throws IOException {
        lead();
        fill();
        List<ForwardedReply> replies = new ArrayList<>();
        turn(heavy(10, replies));
        long before = loop.revision();
        turn(submitted(StoreCommand.Put.of(Bytes.utf8("k"), Bytes.EMPTY)));
        List<Long> revisions = new ArrayList<>();
        turn(new LoopEvent.Submitted(new ForwardedRequest.ReadBarrier(), _ -> revisions.add(loop.revision())));
        assertThat(revisions).isEmpty();
        for (int i = 0; i < 20; i++) {
            turn();
        }
        assertThat(revisions).containsExactly(before + 1);
    }

    @Test
    void furtherCommandsAreRefusedWhileTheStateLagsTooFarBehind() throws IOException {
        lead();
        fill();
        turn(heavy(100, new ArrayList<>()));
        List<ForwardedReply> replies = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            turn();
        }
        turn(new LoopEvent.Submitted(new ForwardedRequest.Execute(PUT), replies::add));
        assertThat(replies).containsExactly(new ForwardedReply.Refused(new Refusal.Overloaded()));
        for (int i = 0; i < 100; i++) {
            turn();
        }
        turn(new LoopEvent.Submitted(new ForwardedRequest.Execute(PUT), replies::add));
        assertThat(replies).last().isInstanceOf(ForwardedReply.Executed.class);
    }

    private static LoopEvent accept(long first, int count) {
        long last = first + count - 1;
        var marks = new Message.LeaderMarks(last, 0, 0);
        var accept = new Message.Accept(
                new Ballot(1, FOLLOWER.value()), first, Collections.nCopies(count, new Payload.NoOp()), marks);
        return new LoopEvent.Arrived(FOLLOWER, new PeerMessage.Consensus(accept));
    }

    @Test
    void aFollowerThatIsFarBehindAcceptsNoFurtherEntriesUntilItHasAppliedSome(@TempDir Path follower)
            throws IOException {
        disk.close();
        disk = FolderDisk.take(follower);
        DataFolder.create(disk, IDENTITY, 1, Membership.of(1, 2), LogSettings.DEFAULTS);
        start(0);
        turn(accept(1, 30_000));
        assertThat(loop.status().commit()).isEqualTo(30_000);
        turn(accept(30_001, 1));
        assertThat(loop.status().last()).as("the leader sends it again").isEqualTo(30_000);
        for (int i = 0; i < 15; i++) {
            turn();
        }
        turn(accept(30_001, 1));
        assertThat(loop.status().last()).isEqualTo(30_001);
    }

    @Test
    void whileTheDiskIsNearlyFullOnlyWhatAddsDataIsRefused() throws IOException {
        start(Long.MAX_VALUE / 2);
        lead();
        byte[] delete = CommandCodec.encode(StoreCommand.DeleteRange.of(Bytes.utf8("k")));
        turn(
                forwarded(1, new ForwardedRequest.Execute(PUT)),
                forwarded(2, new ForwardedRequest.Execute(delete)),
                forwarded(3, new ForwardedRequest.ReadBarrier()));
        assertThat(sent)
                .extracting(reply -> ((PeerMessage.Reply) reply).reply())
                .hasSize(3)
                .contains(new ForwardedReply.Refused(new Refusal.DiskFull()))
                .hasAtLeastOneElementOfType(ForwardedReply.Executed.class)
                .hasAtLeastOneElementOfType(ForwardedReply.ReadableAt.class);
    }

    @Test
    void aMemberWhoseStateDiffersIsNamedUntilItDoesNot() throws IOException {
        lead();
        turn(new LoopEvent.Submitted(
                new ForwardedRequest.ChangeMembership(new MembershipRequest.AddLearner(FOLLOWER)), _ -> {}));
        PeerMessage.Report own = awaitReport();
        turn(new LoopEvent.Arrived(
                FOLLOWER, new PeerMessage.Report(new StateHash(own.state().slot(), 1), false)));
        awaitReport();
        assertThat(loop.differing()).containsExactlyInAnyOrder(SELF, FOLLOWER);

        turn(new LoopEvent.Arrived(FOLLOWER, own));
        awaitReport();
        assertThat(loop.differing()).isEmpty();
        assertThat(loop.comparisons()).isEqualTo(2);
    }

    /** The next one that this member sends about the state that it has now. */
    private PeerMessage.Report awaitReport() throws IOException {
        sent.clear();
        for (int i = 0; i < 210; i++) {
            turn();
        }
        return sent.stream()
                .filter(PeerMessage.Report.class::isInstance)
                .map(PeerMessage.Report.class::cast)
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    @Test
    void allRequestsAreAnsweredWhenTheMemberStops() throws IOException {
        List<ForwardedReply> replies = new ArrayList<>();
        turn(new LoopEvent.Submitted(new ForwardedRequest.Execute(PUT), replies::add));
        loop.end(List.of(new LoopEvent.Submitted(new ForwardedRequest.ReadBarrier(), replies::add)));
        assertThat(replies).hasSize(2).hasOnlyElementsOfType(ForwardedReply.Refused.class);
    }
}
