package io.orderly.coordinator.consensus;

import org.jspecify.annotations.Nullable;

/**
 * The decisions on which the protocol's safety depends, each a pure function, so that they can be reviewed in one place and
 * replaced in tests.
 *
 * <p>Sources: Lamport, "Paxos Made Simple" (2001), for promises, acceptance and adoption; Howard and Mortier, "Paxos vs Raft"
 * (2020), for the contiguous log; Ongaro (2014) for probe rounds and reads.
 */
class Rules {

    /** The quorum system. */
    Quorum quorum() {
        return MAJORITY;
    }

    private static final Quorum MAJORITY = new Quorum();

    /** A ballot of this node above all that it has seen. */
    Ballot nextBallot(NodeId self, Ballot highest) {
        return new Ballot(highest.round() + 1, self.value());
    }

    /** An acceptor accepts a ballot that is not below its promise. */
    boolean accepts(Ballot promised, Ballot asked) {
        return asked.compareTo(promised) >= 0;
    }

    /**
     * Whether a known entry supersedes a corrupt one of another node. Only the entry with the highest ballot of a quorum can be
     * decided. A corrupt entry with a lower ballot is not that entry, and one with the same ballot had the same value.
     */
    boolean supersedes(@Nullable Entry known, Ballot corruptBallot) {
        return known != null && known.ballot().compareTo(corruptBallot) >= 0;
    }

    /** A promise counts only if its sender still has all requested slots. */
    boolean promiseCounts(Message.Promise promise) {
        return promise.lowWaterMark() < promise.from();
    }

    /** Of all entries accepted in a slot, only the one with the highest ballot can be decided. */
    Entry adopt(@Nullable Entry known, Entry told) {
        return known == null || known.ballot().compareTo(told.ballot()) < 0 ? told : known;
    }

    /** A pre-vote is granted by a node that has received nothing from a leader for an election timeout. */
    boolean grantsPreVote(boolean leads, long silenceNanos, long electionTimeoutNanos) {
        return !leads && silenceNanos >= electionTimeoutNanos;
    }

    /**
     * A grant does not count if its sender has deleted slots that this node lacks and could lead itself. It counts if that node
     * cannot lead, since there may be no other.
     */
    boolean preVoteCounts(Message.PreVoteResponse answer, long commit) {
        return answer.granted() && (answer.lowWaterMark() <= commit || !answer.canCampaign());
    }

    /** Whether an entry counts towards the match index under a ballot: it is decided, or was accepted under this ballot. */
    boolean matches(Entry entry, Ballot ballot, long decidedMark) {
        return entry.slot() <= decidedMark || entry.ballot().equals(ballot);
    }

    /** A follower treats as decided the slots up to the leader's commit index that it has under the leader's ballot. */
    long followerCommit(long leaderCommit, long match) {
        return Math.min(leaderCommit, match);
    }

    /** A leader's own acceptance counts once it is durable, like any other. */
    long leaderMatch(long durable, long written) {
        return durable;
    }

    /**
     * Entries with lower ballots after the slots that a leader adopted were not decided, since no node of the promising quorum had
     * them, and cannot be decided any more.
     */
    boolean isDead(long slot, Ballot ballotAtMost, Ballot leader, long settled, long commit) {
        return slot > settled && slot > commit && ballotAtMost.compareTo(leader) < 0;
    }

    /** Before its adopted slots are applied, a leader may lack writes that another leader acknowledged. */
    boolean canServeReads(long commit, long settled) {
        return commit >= settled;
    }

    /** A read needs a round that began after it was requested. */
    long roundForRead(long lastRoundBegun) {
        return lastRoundBegun + 1;
    }

    /** A leader that has not heard from a quorum for an election timeout may have been replaced. */
    boolean isHeardRecently(long silenceNanos, long electionTimeoutNanos) {
        return silenceNanos < electionTimeoutNanos;
    }

    /**
     * The members that decide the slots after a decided entry. A change takes effect if the membership on which it is based is
     * still the current one. A change that was proposed long ago and adopted only now would otherwise undo changes decided in
     * between.
     */
    EffectiveMembership membershipAfter(EffectiveMembership before, Entry entry) {
        return entry.payload() instanceof Payload.MembershipChange(long basis, Membership next)
                        && basis == before.slot()
                ? new EffectiveMembership(entry.slot(), next)
                : before;
    }

    /**
     * A slot is decided by the members that the slots below it define, so a leader decides a change before it counts with the new
     * members.
     */
    boolean countsBeyondChange() {
        return false;
    }
}
