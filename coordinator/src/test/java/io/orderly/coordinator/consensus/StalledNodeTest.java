package io.orderly.coordinator.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node of three whose process was paused, or whose disk completes no write. */
class StalledNodeTest {

    private static final NodeId LEADER = new NodeId(1);
    private static final NodeId SELF = new NodeId(2);
    private static final Ballot BALLOT = new Ballot(1, 1);
    private static final long MILLI = 1_000_000;
    private static final ConsensusSettings SETTINGS = ReplicaCluster.CONFIGURATION;

    private final Membership three = ReplicaCluster.membership(3);
    private final Replica replica = new Replica(SELF, SETTINGS, DurableState.empty(three), () -> 0);

    @BeforeEach
    void begin() {
        replica.step(new Input.Tick(0));
    }

    private Effects hear(Message message) {
        return replica.step(new Input.Received(LEADER, message));
    }

    private static Message heartbeat(long commit, long lowWaterMark) {
        return new Message.Heartbeat(BALLOT, new Message.LeaderMarks(commit, lowWaterMark, commit), 1);
    }

    private static boolean asksForASnapshot(Effects effects) {
        return effects.messages().stream().anyMatch(one -> one.message() instanceof Message.SnapshotRequest);
    }

    /** The messages that waited come before the tick, as they do in the queue of a process. */
    @Test
    void afterAPauseAMessageThatWaitedIsHeardNow() {
        hear(heartbeat(0, 0));
        Effects effects =
                replica.step(List.of(new Input.Received(LEADER, heartbeat(0, 0)), new Input.Tick(10_000 * MILLI)));
        assertThat(effects.messages())
                .extracting(Envelope::message)
                .hasOnlyElementsOfType(Message.HeartbeatResponse.class);
        assertThat(replica.status().leader()).isEqualTo(LEADER);
    }

    @Test
    void afterAPauseWithoutMessagesItAsksForPreVotes() {
        hear(heartbeat(0, 0));
        Persisted.all(replica);
        assertThat(replica.step(new Input.Tick(10_000 * MILLI)).messages())
                .extracting(Envelope::message)
                .hasAtLeastOneElementOfType(Message.PreVote.class);
    }

    @Test
    void aNodeWhoseDiskCompletesNoWriteDoesNotCampaignUntilItDoes() {
        hear(heartbeat(0, 0));
        List<Message> said = new ArrayList<>();
        long millis = 0;
        while (millis < 2 * SETTINGS.diskTimeout().toMillis()) {
            millis += 50;
            // another candidate is heard, so that the disk fails before this node stands
            said.addAll(messages(
                    millis <= 200
                            ? replica.step(List.of(
                                    new Input.Received(LEADER, heartbeat(0, 0)), new Input.Tick(millis * MILLI)))
                            : replica.step(new Input.Tick(millis * MILLI))));
        }
        assertThat(said).noneMatch(Message.PreVote.class::isInstance);
        Persisted.all(replica);
        assertThat(messages(replica.step(new Input.Tick((millis + 500) * MILLI))))
                .hasAtLeastOneElementOfType(Message.PreVote.class);
    }

    private static List<Message> messages(Effects effects) {
        return effects.messages().stream().map(Envelope::message).toList();
    }

    @Test
    void withoutSpaceForASnapshotTheFetchPauses() {
        assertThat(asksForASnapshot(hear(heartbeat(20, 20)))).isTrue();
        var snapshot = new Snapshot(20, EffectiveMembership.initial(three), 10);
        Effects stored = hear(new Message.SnapshotChunk(BALLOT, snapshot, 0, new byte[4]));
        SnapshotTask task = stored.snapshotTasks().getFirst();
        replica.step(new Input.OutOfSpace(task));
        assertThat(asksForASnapshot(hear(heartbeat(20, 20)))).isFalse();

        long later = SETTINGS.fetchTimeout().toNanos() + MILLI;
        assertThat(asksForASnapshot(
                        replica.step(List.of(new Input.Received(LEADER, heartbeat(20, 20)), new Input.Tick(later)))))
                .isTrue();
    }

    /** A chunk was lost after the last one had been requested: only the outcome of the installation ends it. */
    @Test
    void aLostChunkDoesNotEndAnInstallation() {
        hear(heartbeat(20, 20));
        var snapshot = new Snapshot(20, EffectiveMembership.initial(three), 4);
        Effects stored = hear(new Message.SnapshotChunk(BALLOT, snapshot, 0, new byte[4]));
        assertThat(stored.snapshotTasks()).hasSize(2);
        replica.step(new Input.OutOfSpace(stored.snapshotTasks().getFirst()));
        replica.step(new Input.SnapshotInstalled(snapshot));
        assertThat(replica.status().applied()).isEqualTo(20);
    }

    @Test
    void aSnapshotWithoutSpaceIsTakenAgainLater() {
        ReplicaCluster cluster = new ReplicaCluster(SETTINGS, new Rules(), _ -> {});
        cluster.snapshotAfter(4);
        ReplicaCluster.Peer alone = cluster.start(LEADER, DurableState.empty(Membership.of(1)));
        alone.hasSpace = false;
        cluster.pass(300);
        for (int i = 0; i < 6; i++) {
            alone.propose("c");
        }
        cluster.settle();
        assertThat(alone.status().lowWaterMark()).isZero();
        alone.hasSpace = true;
        cluster.pass((int) SETTINGS.fetchTimeout().toMillis() + 20);
        alone.propose("c");
        cluster.settle();
        assertThat(alone.status().lowWaterMark()).isPositive();
    }

    /** Makes everything durable that a replica has written. */
    private static final class Persisted {

        private Persisted() {}

        static void all(Replica replica) {
            long point = replica.step(new Input.Tick(0)).persistPoint();
            replica.step(new Input.Persisted(point));
        }
    }
}
