package io.orderly.coordinator.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ReplicaTest {

    private static final NodeId ONE = new NodeId(1);
    private static final NodeId TWO = new NodeId(2);
    private static final Message.LeaderMarks NEW_TERM = new Message.LeaderMarks(0, 0, 0);
    private static final Payload COMMAND = new Payload.Command(new byte[] {1});

    private final Membership three = ReplicaCluster.membership(3);

    /** Node 2 of three, which receives messages from node 1. */
    private Replica second(DurableState durable) {
        RandomGenerator first = () -> 0;
        Replica replica = new Replica(TWO, ReplicaCluster.CONFIGURATION, durable, first);
        replica.step(new Input.Tick(-5));
        return replica;
    }

    private Replica second() {
        return second(DurableState.empty(three));
    }

    private static Effects hear(Replica replica, Message message) {
        return replica.step(new Input.Received(ONE, message));
    }

    private static List<Message> said(Effects effects) {
        return effects.messages().stream().map(Envelope::message).toList();
    }

    private static DurableState remembered(
            Ballot promised, long commitMark, List<Entry> entries, Long... corruptSlots) {
        SortedMap<Long, Ballot> corrupt = new TreeMap<>();
        for (long slot : corruptSlots) {
            corrupt.put(slot, promised);
        }
        return new DurableState(promised, 0, commitMark, entries, corrupt, null, ReplicaCluster.membership(3));
    }

    @Nested
    class AnAcceptor {

        private final Ballot low = new Ballot(1, 1);
        private final Ballot high = new Ballot(2, 1);

        @Test
        void answersAPromiseOnlyOnceItIsDurable() {
            Effects effects = hear(second(), new Message.Prepare(low, 1));
            assertThat(effects.records()).containsExactly(new DurableRecord.Promised(low));
            assertThat(effects.persistPoint()).isEqualTo(1);
            assertThat(effects.messages())
                    .containsExactly(new Envelope(ONE, new Message.Promise(low, 1, 0, 0, List.of(), 0), 1));
        }

        @Test
        void acceptsOnlyOnceItIsDurable() {
            Effects effects = hear(second(), new Message.Accept(low, 1, List.of(COMMAND), NEW_TERM));
            assertThat(effects.records())
                    .containsExactly(
                            new DurableRecord.Promised(low), new DurableRecord.Accepted(new Entry(1, low, COMMAND)));
            assertThat(effects.messages()).containsExactly(new Envelope(ONE, new Message.Accepted(low, 1), 1));
        }

        @Test
        void refusesBallotsBelowItsPromise() {
            Replica replica = second(remembered(high, 0, List.of()));
            Message outranked = new Message.Nack(low, high);
            assertThat(said(hear(replica, new Message.Prepare(low, 1)))).containsExactly(outranked);
            assertThat(said(hear(replica, new Message.Heartbeat(low, NEW_TERM, 1))))
                    .containsExactly(outranked);
            Effects accept = hear(replica, new Message.Accept(low, 1, List.of(COMMAND), NEW_TERM));
            assertThat(said(accept)).containsExactly(outranked);
            assertThat(accept.records()).isEmpty();
        }

        @Test
        void dropsMessagesUnderTheBallotOfAnotherNode() {
            Effects effects = hear(second(), new Message.Prepare(new Ballot(1, 3), 1));
            assertThat(effects.messages()).isEmpty();
            assertThat(effects.records()).isEmpty();
        }

        @Test
        void doesNotAcceptBehindAGap() {
            Effects effects = hear(second(), new Message.Accept(low, 2, List.of(COMMAND), NEW_TERM));
            assertThat(said(effects)).containsExactly(new Message.LogGap(low, 0));
            assertThat(effects.records()).containsExactly(new DurableRecord.Promised(low));
        }

        @Test
        void keepsTheEntriesAfterAnOverwrittenSlot() {
            Replica replica =
                    second(remembered(low, 0, List.of(new Entry(1, low, COMMAND), new Entry(2, low, COMMAND))));
            Message.LeaderMarks adoptedTwo = new Message.LeaderMarks(0, 0, 2);
            Effects effects = hear(replica, new Message.Accept(high, 1, List.of(COMMAND), adoptedTwo));
            assertThat(said(effects)).containsExactly(new Message.Accepted(high, 1));
            assertThat(replica.entry(2)).contains(new Entry(2, low, COMMAND));
        }

        @Test
        void cutsEntriesThatWereNeverDecided() {
            Replica replica =
                    second(remembered(low, 0, List.of(new Entry(1, low, COMMAND), new Entry(2, low, COMMAND))));
            Message.LeaderMarks adoptedOne = new Message.LeaderMarks(0, 0, 1);
            Effects effects = hear(replica, new Message.Heartbeat(high, adoptedOne, 1));
            assertThat(effects.records())
                    .containsExactly(new DurableRecord.Promised(high), new DurableRecord.TailCut(1));
            assertThat(replica.status().last()).isEqualTo(1);
        }

        @Test
        void treatsAsDecidedOnlyEntriesFromThisLeader() {
            Replica replica = second(remembered(low, 0, List.of(new Entry(1, low, COMMAND))));
            Message.LeaderMarks decidedOne = new Message.LeaderMarks(1, 0, 1);
            assertThat(hear(replica, new Message.Heartbeat(high, decidedOne, 1)).apply())
                    .isEmpty();
            assertThat(hear(replica, new Message.Accept(high, 1, List.of(COMMAND), decidedOne))
                            .apply())
                    .containsExactly(new Entry(1, high, COMMAND));
        }

        @Test
        void remembersThatSlotsAreDecidedUntilItHasThem() {
            Replica replica = second();
            Message.LeaderMarks decidedOne = new Message.LeaderMarks(1, 0, 0);
            assertThat(hear(replica, new Message.Heartbeat(low, decidedOne, 1)).apply())
                    .isEmpty();
            Message.LeaderMarks before = new Message.LeaderMarks(0, 0, 0);
            assertThat(hear(replica, new Message.Accept(low, 1, List.of(COMMAND), before))
                            .apply())
                    .containsExactly(new Entry(1, low, COMMAND));
        }

        @Test
        void reportsAcceptedEntriesInChunks() {
            Replica replica = second();
            for (int slot = 1; slot <= 10; slot++) {
                hear(replica, new Message.Accept(low, slot, List.of(COMMAND), NEW_TERM));
            }
            Message.Promise first = (Message.Promise)
                    said(hear(replica, new Message.Prepare(high, 1))).getFirst();
            assertThat(first.entries()).hasSize(8);
            assertThat(first.last()).isEqualTo(10);
            Message.Promise second = (Message.Promise)
                    said(hear(replica, new Message.Prepare(high, 9))).getFirst();
            assertThat(second.entries()).extracting(Entry::slot).containsExactly(9L, 10L);
        }
    }

    @Nested
    class ACorruptNode {

        private final Ballot low = new Ballot(1, 1);
        private final Ballot high = new Ballot(2, 1);

        @Test
        void reportsOnlyTheBallotsOfCorruptEntries() {
            Entry second = new Entry(2, low, COMMAND);
            Replica replica = second(remembered(low, 2, List.of(second), 1L));
            assertThat(replica.status().commit()).isZero();
            assertThat(said(hear(replica, new Message.Prepare(high, 1))))
                    .containsExactly(
                            new Message.Promise(high, 1, 2, 0, List.of(second), List.of(new CorruptEntry(1, low)), 2));
            assertThat(replica.status().promised()).isEqualTo(high);
        }

        @Test
        void isRepairedByEntriesFromTheLeader() {
            Replica replica = second(remembered(low, 2, List.of(new Entry(2, low, COMMAND)), 1L));
            Effects repaired = hear(replica, new Message.Accept(low, 1, List.of(COMMAND), NEW_TERM));
            assertThat(repaired.events()).contains(new ReplicaEvent.SlotRepaired(1));
            assertThat(said(repaired)).containsExactly(new Message.Accepted(low, 2));
            assertThat(repaired.apply()).extracting(Entry::slot).containsExactly(1L, 2L);
            assertThat(said(hear(replica, new Message.Prepare(high, 1)))).isNotEmpty();
        }

        @Test
        void doesNotLeadUntilItsCorruptEntriesAreKnown() {
            Replica replica = second(remembered(low, 0, List.of(), 1L));
            assertThat(said(replica.step(new Input.Tick(1_000_000_000))))
                    .contains(new Message.PreVote(new Ballot(2, 2)));
            Ballot mine = new Ballot(2, 2);
            Effects stands = hear(replica, new Message.PreVoteResponse(mine, true, low, null, 0, true));
            replica.step(new Input.Persisted(stands.persistPoint()));
            hear(replica, new Message.Promise(mine, 1, 0, 0, List.of(), 0));
            assertThat(replica.status().role()).isEqualTo(Status.Role.CANDIDATE);
            Message told = new Message.Promise(mine, 1, 0, 0, List.of(new Entry(1, low, COMMAND)), 1);
            replica.step(new Input.Received(new NodeId(3), told));
            assertThat(replica.status().role()).isEqualTo(Status.Role.LEADER);
            assertThat(replica.entry(1)).contains(new Entry(1, mine, COMMAND));
        }

        @Test
        void keepsACorruptSlotThatTheLeaderMayHaveFilled() {
            Replica replica = second(remembered(low, 0, List.of(new Entry(1, low, COMMAND)), 2L));
            hear(replica, new Message.Heartbeat(low, new Message.LeaderMarks(0, 0, 0), 1));
            assertThat(replica.status().corruptSlots()).containsExactly(2L);
            hear(replica, new Message.Heartbeat(high, new Message.LeaderMarks(0, 0, 1), 1));
            assertThat(replica.status().corruptSlots()).isEmpty();
        }
    }

    @Nested
    class ALeader {

        private final ReplicaCluster cluster = ReplicaCluster.of(3);
        private final ReplicaCluster.Peer leader = cluster.leader();

        @Test
        void refusesProposalsBeyondItsLimit() {
            for (int i = 0; i < ReplicaCluster.CONFIGURATION.maxUndecidedEntries(); i++) {
                leader.step(new Input.Propose(i, new byte[1]));
            }
            leader.step(new Input.Propose(99, new byte[1]));
            assertThat(leader.outcomes).containsExactly(new ReplicaOutcome.NotApplied(99, new Refusal.Overloaded()));
            leader.step(new Input.Propose(100, new byte[1], Origin.NODE));
            assertThat(leader.outcomes)
                    .as("a proposal of the node itself is accepted")
                    .hasSize(1);
            cluster.settle();
            leader.step(new Input.Propose(101, new byte[1]));
            cluster.settle();
            assertThat(leader.outcomes)
                    .contains(new ReplicaOutcome.Applied(100, 65))
                    .contains(new ReplicaOutcome.Applied(101, 66));
        }

        @Test
        void refusesCommandsThatAreTooLarge() {
            leader.step(new Input.Propose(1, new byte[1_001]));
            assertThat(leader.outcomes)
                    .containsExactly(new ReplicaOutcome.NotApplied(1, new Refusal.TooLarge(1_001, 1_000)));
        }

        @Test
        void refusesReadsBeyondItsLimit() {
            for (int i = 0; i <= ReplicaCluster.CONFIGURATION.maxWaitingReads(); i++) {
                leader.step(new Input.Read(i));
            }
            leader.step(new Input.Read(99, Origin.NODE));
            assertThat(leader.outcomes).containsExactly(new ReplicaOutcome.NotApplied(16, new Refusal.Overloaded()));
            cluster.settle();
            assertThat(leader.outcomes).hasSize(18);
        }

        @Test
        void answersNoReadByARoundThatBeganBefore() {
            cluster.clock(10);
            leader.step(new Input.Read(1));
            cluster.deliver(_ -> true);
            cluster.deliver(_ -> true);
            assertThat(leader.outcomes).isEmpty();
            cluster.settle();
            assertThat(leader.outcomes).containsExactly(new ReplicaOutcome.Readable(1, 0));
        }

        @Test
        void limitsTheBatchesInFlight() {
            leader.propose("the responses to this one report the match index of the followers");
            cluster.settle();
            for (int i = 0; i < 20; i++) {
                leader.propose("c");
            }
            assertThat(cluster.mail.stream().filter(mail -> mail.message() instanceof Message.Accept))
                    .hasSize(2 * ReplicaCluster.CONFIGURATION.maxInFlightBatches());
            cluster.settle();
            assertThat(leader.applied).hasSize(21);
        }

        @Test
        void stepsDownWhenItsDiskHangs() {
            leader.diskHangs = true;
            long token = leader.propose("a");
            cluster.pass(300);
            assertThat(leader.status().role()).isNotEqualTo(Status.Role.LEADER);
            assertThat(leader.outcomes).anyMatch(outcome -> outcome.token() == token);
        }

        @Test
        void decidesWithoutItsOwnDisk() {
            leader.diskHangs = true;
            long token = leader.propose("a");
            cluster.settle();
            assertThat(leader.outcomes).containsExactly(new ReplicaOutcome.Applied(token, 1));
        }

        @Test
        void doesNotDecideWithItsOwnDiskAlone() {
            leader.propose("a");
            cluster.settle(mail -> !(mail.message() instanceof Message.Accept));
            assertThat(leader.outcomes).isEmpty();
        }

        @Test
        void reportsPendingProposalsAsUnknownWhenItStepsDown() {
            long token = leader.propose("a");
            cluster.pass(150, _ -> false);
            assertThat(leader.outcomes).containsExactly(new ReplicaOutcome.Unknown(token));
        }

        @Test
        void notifiesFollowersAtOnceOfDecidedSlots() {
            leader.propose("a");
            cluster.settle();
            for (ReplicaCluster.Peer peer : cluster.peers.values()) {
                assertThat(peer.applied)
                        .as("%s, without another heartbeat", peer.id)
                        .hasSize(1);
            }
        }

        @Test
        void notifiesAFollowerWhoseDiskStillWrites() {
            ReplicaCluster.Peer slow = cluster.peers.values().stream()
                    .filter(peer -> peer != leader)
                    .findFirst()
                    .orElseThrow();
            slow.diskHangs = true;
            leader.propose("a");
            cluster.settle();
            assertThat(slow.applied).hasSize(1);
        }

        @Test
        void resendsLostBatches() {
            leader.propose("a");
            cluster.mail.clear();
            cluster.pass(60);
            assertThat(leader.applied).hasSize(1);
        }

        @Test
        void changesOneMemberAtATime() {
            leader.step(new Input.ChangeMembership(1, new MembershipRequest.AddLearner(new NodeId(4))));
            leader.step(new Input.ChangeMembership(2, new MembershipRequest.AddLearner(new NodeId(5))));
            assertThat(leader.outcomes)
                    .containsExactly(new ReplicaOutcome.NotApplied(2, new Refusal.ChangeInProgress()));
        }

        @Test
        void givesNoVoteToALearnerThatLagsTooFar() {
            leader.step(new Input.ChangeMembership(1, new MembershipRequest.AddLearner(new NodeId(4))));
            leader.propose("a");
            leader.propose("b");
            cluster.settle();
            leader.step(new Input.ChangeMembership(2, new MembershipRequest.Promote(new NodeId(4))));
            assertThat(leader.outcomes)
                    .contains(new ReplicaOutcome.NotApplied(2, new Refusal.NotCaughtUp(new NodeId(4), 4)));
        }

        @Test
        void stepsDownWhenItIsRemoved() {
            leader.step(new Input.ChangeMembership(1, new MembershipRequest.Remove(leader.id)));
            cluster.pass(50);
            assertThat(leader.outcomes).contains(new ReplicaOutcome.Applied(1, 2));
            ReplicaCluster.Peer next = cluster.leader();
            assertThat(next.id).isNotEqualTo(leader.id);
            assertThat(next.status().membership().voters()).doesNotContain(leader.id);
        }

        @Test
        void transfersItsLeadership() {
            leader.step(new Input.TransferLeadership(1, new NodeId(3)));
            cluster.settle();
            assertThat(cluster.leader().id).isEqualTo(new NodeId(3));
            assertThat(leader.outcomes).containsExactly(new ReplicaOutcome.HandedOver(1));
        }

        @Test
        void keepsLeadingWhenTheTargetDoesNotRespond() {
            leader.step(new Input.TransferLeadership(1, new NodeId(3)));
            cluster.pass(120, mail -> !mail.to().equals(new NodeId(3)));
            assertThat(leader.status().role()).isEqualTo(Status.Role.LEADER);
            assertThat(leader.outcomes)
                    .containsExactly(new ReplicaOutcome.NotApplied(1, new Refusal.TransferTimedOut(new NodeId(3))));
        }
    }

    @Nested
    class ACandidate {

        @Test
        void doesNotCountAPromiseWhoseLogBeginsTooLate() {
            Replica replica = second();
            replica.step(new Input.Tick(200_000_000));
            Effects stands =
                    hear(replica, new Message.PreVoteResponse(new Ballot(1, 2), true, Ballot.ZERO, null, 0, true));
            replica.step(new Input.Persisted(stands.persistPoint()));
            Effects effects = hear(replica, new Message.Promise(new Ballot(1, 2), 1, 20, 10, List.of(), 20));
            assertThat(replica.status().role()).isEqualTo(Status.Role.CANDIDATE);
            assertThat(said(effects)).containsExactly(new Message.SnapshotRequest(new Ballot(1, 2), 0, 0, 4));
        }

        /** Between its pre-vote and its promise, the other node may have deleted entries. */
        @Test
        void asksANodeToTakeOverIfItWouldNeedItsSnapshot() {
            Ballot ballot = new Ballot(1, 2);
            Replica replica = second();
            replica.step(new Input.Tick(200_000_000));
            Effects stands = hear(replica, new Message.PreVoteResponse(ballot, true, Ballot.ZERO, null, 0, true));
            replica.step(new Input.Persisted(stands.persistPoint()));
            hear(replica, new Message.Promise(ballot, 1, 20, 10, List.of(), 20));
            Envelope takeOver = new Envelope(ONE, new Message.TakeOver(ballot), 0);
            assertThat(replica.step(new Input.Tick(211_000_000)).messages()).contains(takeOver);
            assertThat(replica.step(new Input.Tick(222_000_000)).messages())
                    .as("only once, because the other node may be unable to lead, too")
                    .doesNotContain(takeOver);
        }

        @Test
        void countsAPreVoteOfANodeThatIsAheadButCannotLead() {
            Replica replica = second();
            replica.step(new Input.Tick(200_000_000));
            hear(replica, new Message.PreVoteResponse(new Ballot(1, 2), true, Ballot.ZERO, null, 10, true));
            assertThat(replica.status().role()).isEqualTo(Status.Role.PRE_CANDIDATE);
            hear(replica, new Message.PreVoteResponse(new Ballot(1, 2), true, Ballot.ZERO, null, 10, false));
            assertThat(replica.status().role()).isEqualTo(Status.Role.CANDIDATE);
        }

        /** Each response to a repeated Prepare offers a snapshot. A fetch that restarted with each of them would never end. */
        @Test
        void fetchesTheSnapshotFromOneNodeWhileItMakesProgress() {
            Ballot ballot = new Ballot(1, 2);
            Message tooLate = new Message.Promise(ballot, 1, 20, 10, List.of(), 20);
            Replica replica = second();
            replica.step(new Input.Tick(200_000_000));
            Effects stands = hear(replica, new Message.PreVoteResponse(ballot, true, Ballot.ZERO, null, 0, true));
            replica.step(new Input.Persisted(stands.persistPoint()));
            hear(replica, tooLate);
            Effects other = replica.step(new Input.Received(new NodeId(3), tooLate));
            assertThat(other.messages()).isEmpty();
            Message part = new Message.SnapshotChunk(
                    ballot, new Snapshot(20, EffectiveMembership.initial(three), 10), 0, new byte[4]);
            assertThat(hear(replica, part).messages())
                    .containsExactly(
                            new Envelope(ONE, new Message.SnapshotRequest(ballot, 20, 4, 4), 0),
                            new Envelope(ONE, new Message.SnapshotRequest(ballot, 20, 8, 4), 0));
        }

        @Test
        void sendsNoPrepareBeforeItsOwnPromiseIsDurable() {
            Replica replica = second();
            assertThat(said(replica.step(new Input.Tick(200_000_000))))
                    .containsExactly(new Message.PreVote(new Ballot(1, 2)), new Message.PreVote(new Ballot(1, 2)));
            Effects stands =
                    hear(replica, new Message.PreVoteResponse(new Ballot(1, 2), true, Ballot.ZERO, null, 0, true));
            assertThat(stands.messages()).hasSize(2).allSatisfy(envelope -> {
                assertThat(envelope.message()).isInstanceOf(Message.Prepare.class);
                assertThat(envelope.after()).isEqualTo(stands.persistPoint());
            });
        }

        @Test
        void getsNoPreVoteWhileALeaderIsAlive() {
            Replica replica = second();
            replica.step(new Input.Tick(500_000_000));
            hear(replica, new Message.Heartbeat(new Ballot(1, 1), NEW_TERM, 1));
            Effects answer = hear(replica, new Message.PreVote(new Ballot(2, 1)));
            assertThat(said(answer))
                    .containsExactly(
                            new Message.PreVoteResponse(new Ballot(2, 1), false, new Ballot(1, 1), ONE, 0, true));
            assertThat(answer.records()).isEmpty();
        }
    }

    @Test
    void aReplicaStopsAfterAViolatedInvariant() {
        Replica replica = second();
        hear(replica, new Message.Accept(new Ballot(1, 1), 1, List.of(COMMAND), NEW_TERM));
        Message another = new Message.Accept(new Ballot(1, 1), 1, List.of(new Payload.NoOp()), NEW_TERM);
        assertThatThrownBy(() -> hear(replica, another))
                .isInstanceOfSatisfying(
                        InvariantViolation.class,
                        violation -> assertThat(violation.invariant()).isEqualTo(Invariant.ONE_VALUE_PER_BALLOT));
        assertThatThrownBy(() -> replica.step(new Input.Tick(1))).hasMessageContaining("dead");
    }

    @Test
    void acknowledgingAnUnknownPersistPointViolatesAnInvariant() {
        assertThatThrownBy(() -> second().step(new Input.Persisted(1))).isInstanceOf(InvariantViolation.class);
    }
}
