package io.orderly.coordinator.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.coordinator.consensus.Membership;
import io.orderly.coordinator.consensus.MembershipRequest;
import io.orderly.coordinator.consensus.NodeId;
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
import io.orderly.coordinator.store.MemberDescription;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreListener;
import io.orderly.coordinator.store.StoreResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
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
    private static final long TICK_NANOS =
            MemberSettings.DEFAULTS.tickInterval().toNanos();

    @TempDir
    private Path folder;

    private final List<PeerMessage> sent = new ArrayList<>();
    private final List<PeerMessage> keptBack = new ArrayList<>();
    private Map<NodeId, InetSocketAddress> connected = Map.of();
    private long nowNanos = 1;
    private FolderDisk disk;
    private DiskStorage storage;
    private MemberLoop loop;

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
                MemberSettings.DEFAULTS,
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
        loop.turn(List.of(events), nowNanos);
        while (storage.hasWork()) {
            storage.write();
            loop.turn(List.of(new LoopEvent.Forced(storage.force())), nowNanos);
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
        return new LoopEvent.Submitted(
                new ForwardedRequest.Execute(CommandCodec.encode(new StoreCommand.DescribeMember(description))),
                _ -> {});
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
