package io.orderly.coordinator.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SnapshotFetchTest {

    private static final NodeId ONE = new NodeId(1);
    private static final NodeId TWO = new NodeId(2);
    private static final NodeId THREE = new NodeId(3);
    private static final Ballot LOW = new Ballot(1, 1);
    private static final long MILLI = 1_000_000;

    private final Membership three = ReplicaCluster.membership(3);
    private final Snapshot twenty = snapshot(20, 10);

    private Snapshot snapshot(long slot, long bytes) {
        return new Snapshot(slot, EffectiveMembership.initial(three), bytes);
    }

    /** Node 2, which starts from a state and receives messages from node 1. */
    private static Replica second(DurableState durable) {
        Replica replica = new Replica(TWO, ReplicaCluster.CONFIGURATION, durable, () -> 0);
        replica.step(new Input.Tick(0));
        return replica;
    }

    private static Effects hear(Replica replica, NodeId from, Message message) {
        return replica.step(new Input.Received(from, message));
    }

    private static List<Message> said(Effects effects) {
        return effects.messages().stream().map(Envelope::message).toList();
    }

    private static Message leaderWithoutLog(Ballot ballot) {
        return new Message.Heartbeat(ballot, new Message.LeaderMarks(20, 20, 20), 1);
    }

    private static Message request(long slot, long offset) {
        return new Message.SnapshotRequest(LOW, slot, offset, 4);
    }

    private Message part(long offset, int bytes) {
        return new Message.SnapshotChunk(LOW, twenty, offset, new byte[bytes]);
    }

    /** While each chunk is requested and sent, enough slots are decided for another snapshot. */
    @Test
    void completesAlthoughSnapshotsAreTakenFasterThanChunksArrive() {
        List<String> trace = new ArrayList<>();
        Deque<ReplicaCluster.Mail> slow = new ArrayDeque<>();
        ReplicaCluster cluster = new ReplicaCluster(ReplicaCluster.CONFIGURATION, new Rules(), trace::add);
        cluster.snapshotAfter(4);
        three.voters().forEach(node -> cluster.start(node, DurableState.empty(three)));
        ReplicaCluster.Peer leader = cluster.leader();
        cluster.peer(3).crash();
        proposeSome(cluster, leader, slow);
        cluster.restart(THREE, new TreeSet<>());
        for (int round = 0; round < 20; round++) {
            List<ReplicaCluster.Mail> arriving = List.copyOf(slow);
            slow.clear();
            proposeSome(cluster, leader, slow);
            for (ReplicaCluster.Mail mail : arriving) {
                cluster.peer(mail.to().value()).step(new Input.Received(mail.from(), mail.message()));
            }
            cluster.pass(10, mail -> isFast(mail, slow));
        }
        assertThat(trace)
                .filteredOn(line -> line.startsWith("  n3 * installed"))
                .hasSize(1);
        assertThat(cluster.peer(3).status().commit())
                .as("the rest came from the log")
                .isEqualTo(leader.status().commit());
    }

    private static void proposeSome(
            ReplicaCluster cluster, ReplicaCluster.Peer leader, Deque<ReplicaCluster.Mail> slow) {
        for (int i = 0; i < 6; i++) {
            leader.propose("c");
        }
        cluster.settle(mail -> isFast(mail, slow));
    }

    /** Messages about snapshots are slow: they are delivered in the next round. */
    private static boolean isFast(ReplicaCluster.Mail mail, Deque<ReplicaCluster.Mail> slow) {
        boolean isSlow =
                mail.message() instanceof Message.SnapshotChunk || mail.message() instanceof Message.SnapshotRequest;
        if (isSlow) {
            slow.addLast(mail);
        }
        return !isSlow;
    }

    @Nested
    class TheReceiver {

        private final Replica replica = second(DurableState.empty(three));

        @Test
        void requestsSeveralChunksAtATimeAndRepeatsLostOnes() {
            assertThat(said(hear(replica, ONE, leaderWithoutLog(LOW)))).contains(request(0, 0));
            Effects first = hear(replica, ONE, part(0, 4));
            assertThat(said(first)).containsExactly(request(20, 4), request(20, 8));
            assertThat(first.snapshotTasks()).hasSize(1);
            Effects early = hear(replica, ONE, part(8, 2));
            assertThat(early.snapshotTasks()).isEmpty();
            assertThat(early.messages()).isEmpty();
            assertThat(said(replica.step(new Input.Tick(31 * MILLI)))).containsExactly(request(20, 4));
            Effects last = hear(replica, ONE, part(4, 4));
            assertThat(last.snapshotTasks()).hasSize(3).last().isEqualTo(new SnapshotTask.Install(twenty));
        }

        private static Entry accepted(long slot) {
            return new Entry(slot, LOW, new Payload.NoOp());
        }

        /** A node that crashed when it had installed a snapshot at slot 3, over entries that were perhaps not decided. */
        private Replica restarted(long commitMark) {
            List<Entry> entries =
                    LongStream.rangeClosed(1, 5).mapToObj(TheReceiver::accepted).toList();
            return second(new DurableState(LOW, 0, commitMark, entries, new TreeMap<>(), snapshot(3, 10), three));
        }

        @Test
        void dropsEntriesThatASnapshotReplacedAlsoIfTheLowWaterMarkIsLost() {
            Replica restarted = restarted(1);
            assertThat(restarted.entry(2)).as("perhaps not decided").isEmpty();
            assertThat(restarted.entry(3)).isEmpty();
            assertThat(restarted.entry(4)).as("after the snapshot").contains(accepted(4));
            assertThat(restarted.status().last()).isEqualTo(5);
            assertThat(restarted.status().commit()).isEqualTo(3);
        }

        @Test
        void keepsEntriesBelowASnapshotThatAreKnownToBeDecided() {
            assertThat(restarted(3).entry(2)).contains(accepted(2));
        }

        @Test
        void ignoresRepeatedChunksAndThoseOfAWrongSize() {
            hear(replica, ONE, leaderWithoutLog(LOW));
            hear(replica, ONE, part(0, 4));
            assertThat(hear(replica, ONE, part(0, 4)).snapshotTasks()).isEmpty();
            assertThat(hear(replica, ONE, part(4, 3)).snapshotTasks()).isEmpty();
            assertThat(hear(replica, ONE, part(6, 4)).snapshotTasks()).isEmpty();
            assertThat(hear(replica, ONE, part(4, 4)).snapshotTasks()).hasSize(1);
        }

        @Test
        void continuesWithTheSameNodeWhenTheLeaderChanges() {
            hear(replica, ONE, leaderWithoutLog(LOW));
            hear(replica, ONE, part(0, 4));
            Effects next = hear(replica, THREE, leaderWithoutLog(new Ballot(2, 3)));
            assertThat(said(next)).noneMatch(Message.SnapshotRequest.class::isInstance);
            assertThat(hear(replica, ONE, part(4, 4)).snapshotTasks()).hasSize(1);
        }

        @Test
        void startsAgainWhenTheSnapshotWasReplaced() {
            hear(replica, ONE, leaderWithoutLog(LOW));
            hear(replica, ONE, part(0, 4));
            Snapshot other = snapshot(20, 11);
            assertThat(said(hear(replica, ONE, new Message.SnapshotChunk(LOW, other, 4, new byte[4]))))
                    .containsExactly(request(0, 0));
            assertThat(said(hear(replica, ONE, new Message.SnapshotChunk(LOW, other, 0, new byte[4]))))
                    .containsExactly(request(20, 4), request(20, 8));
        }

        @Test
        void switchesToTheNextLeaderWhenNoMoreChunksArrive() {
            hear(replica, ONE, leaderWithoutLog(LOW));
            hear(replica, ONE, part(0, 4));
            replica.step(new Input.Tick(101 * MILLI));
            Ballot high = new Ballot(2, 3);
            assertThat(hear(replica, THREE, leaderWithoutLog(high)).messages())
                    .contains(new Envelope(THREE, new Message.SnapshotRequest(high, 0, 0, 4), 0));
        }

        /** The sender keeps the log after that snapshot, which is needed next. */
        @Test
        void keepsTheSnapshotInUseUntilItIsInstalled() {
            hear(replica, ONE, leaderWithoutLog(LOW));
            hear(replica, ONE, part(0, 4));
            hear(replica, ONE, part(4, 4));
            assertThat(said(hear(replica, ONE, part(8, 2)))).containsExactly(request(20, 10));
            assertThat(said(replica.step(new Input.Tick(31 * MILLI)))).containsExactly(request(20, 10));
            replica.step(new Input.SnapshotInstalled(twenty));
            assertThat(said(replica.step(new Input.Tick(62 * MILLI)))).isEmpty();
        }
    }

    @Nested
    class TheSender {

        private final Snapshot newer = snapshot(25, 10);
        private final Replica replica =
                second(new DurableState(LOW, 20, 20, List.of(), new TreeMap<>(), twenty, ReplicaCluster.membership(3)));

        private void takeTheNextSnapshot() {
            List<Payload> payloads = Collections.nCopies(5, new Payload.NoOp());
            hear(replica, ONE, new Message.Accept(LOW, 21, payloads, new Message.LeaderMarks(25, 0, 0)));
            assertThat(replica.status().applied()).isEqualTo(25);
            replica.step(new Input.SnapshotTaken(newer));
        }

        private SnapshotTask sends(Snapshot snapshot, long offset) {
            return new SnapshotTask.SendChunk(THREE, LOW, snapshot, offset, 4);
        }

        @Test
        void keepsASnapshotThatIsBeingFetchedAndTheLogAfterIt() {
            assertThat(hear(replica, THREE, request(0, 0)).snapshotTasks()).containsExactly(sends(twenty, 0));
            takeTheNextSnapshot();
            assertThat(hear(replica, THREE, request(20, 4)).snapshotTasks()).containsExactly(sends(twenty, 4));
            assertThat(replica.status().lowWaterMark()).isEqualTo(20);
        }

        @Test
        void deletesASnapshotThatIsNoLongerRequested() {
            hear(replica, THREE, request(0, 0));
            takeTheNextSnapshot();
            replica.step(new Input.Tick(200 * MILLI));
            assertThat(hear(replica, THREE, request(20, 10)).snapshotTasks())
                    .as("a request at the end has no chunk, but shows that the snapshot is in use")
                    .isEmpty();
            assertThat(replica.step(new Input.Tick(499 * MILLI)).snapshotTasks())
                    .isEmpty();
            assertThat(replica.step(new Input.Tick(500 * MILLI)).snapshotTasks())
                    .containsExactly(new SnapshotTask.Delete(twenty));
            assertThat(replica.status().lowWaterMark()).isEqualTo(23);
            assertThat(hear(replica, THREE, request(20, 4)).snapshotTasks()).containsExactly(sends(newer, 0));
        }

        @Test
        void deletesAtOnceASnapshotThatIsNotBeingFetched() {
            List<Payload> payloads = Collections.nCopies(5, new Payload.NoOp());
            hear(replica, ONE, new Message.Accept(LOW, 21, payloads, new Message.LeaderMarks(25, 0, 0)));
            assertThat(replica.step(new Input.SnapshotTaken(newer)).snapshotTasks())
                    .containsExactly(new SnapshotTask.Delete(twenty));
        }

        /** Its content is part of the state; a new snapshot of that state may have the same slot. */
        @Test
        void replacesACorruptSnapshotAtOnceAndSendsNoneOfItMeanwhile() {
            hear(replica, THREE, request(0, 0));
            Effects found = replica.step(new Input.StoredSnapshotCorrupt(twenty));
            assertThat(found.snapshotTasks())
                    .containsExactly(new SnapshotTask.Take(20, EffectiveMembership.initial(three)));
            assertThat(found.events()).contains(new ReplicaEvent.SnapshotCorrupt(twenty));
            assertThat(hear(replica, THREE, request(20, 4)).snapshotTasks()).isEmpty();
            assertThat(replica.step(new Input.SnapshotTaken(twenty)).snapshotTasks())
                    .isEmpty();
            assertThat(hear(replica, THREE, request(20, 4)).snapshotTasks()).containsExactly(sends(twenty, 4));
        }

        @Test
        void dropsAnOlderSnapshotThatIsCorrupt() {
            hear(replica, THREE, request(0, 0));
            takeTheNextSnapshot();
            assertThat(replica.step(new Input.StoredSnapshotCorrupt(twenty)).snapshotTasks())
                    .containsExactly(new SnapshotTask.Delete(twenty));
            assertThat(hear(replica, THREE, request(20, 4)).snapshotTasks()).containsExactly(sends(newer, 0));
        }

        @Test
        void sendsNoChunkLargerThanTheProtocolAllows() {
            Message all = new Message.SnapshotRequest(LOW, 0, 0, Integer.MAX_VALUE);
            assertThat(hear(replica, THREE, all).snapshotTasks())
                    .containsExactly(
                            new SnapshotTask.SendChunk(THREE, LOW, twenty, 0, Message.SnapshotRequest.MAX_BYTES));
            assertThat(hear(replica, THREE, new Message.SnapshotRequest(LOW, 20, -1, 4))
                            .snapshotTasks())
                    .isEmpty();
            assertThat(hear(replica, THREE, new Message.SnapshotRequest(LOW, 20, 0, 0))
                            .snapshotTasks())
                    .isEmpty();
        }
    }

    /** Otherwise a large state would be written again after every few entries. */
    @Test
    void noSnapshotIsTakenWhileTheLogIsShorterThanTheLast() {
        Snapshot large = snapshot(20, 150_000);
        Replica replica =
                second(new DurableState(LOW, 20, 20, List.of(), new TreeMap<>(), large, ReplicaCluster.membership(3)));
        List<Payload> payloads = Collections.nCopies(100, new Payload.Command(new byte[36]));
        long slot = 21;
        List<SnapshotTask> tasks = new ArrayList<>();
        for (; tasks.isEmpty() && slot < 5_000; slot += 100) {
            Message.LeaderMarks marks = new Message.LeaderMarks(slot + 99, 0, 0);
            tasks.addAll(hear(replica, ONE, new Message.Accept(LOW, slot, payloads, marks))
                    .snapshotTasks());
        }
        assertThat(tasks).hasSize(1);
        assertThat(slot - 21).as("entries of 36 bytes plus overhead").isBetween(1_500L, 1_600L);
    }
}
