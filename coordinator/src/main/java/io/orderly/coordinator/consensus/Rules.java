package io.orderly.coordinator.consensus;

import org.jspecify.annotations.Nullable;

/**
 * The decisions on which the protocol's safety rests, each a pure function, so that they can be read in one place and doubted one
 * by one. Roles ask here; they decide nothing of this themselves.
 *
 * <p>Sources: Lamport, "Paxos Made Simple" (2001), for promises, acceptance and adoption; Howard and Mortier, "Paxos vs Raft"
 * (2020), for the contiguous log; Ongaro (2014) for probe rounds and reads.
 */
class Rules {

    /** Whose agreement is enough. */
    Quorum quorum() {
        return MAJORITY;
    }

    private static final Quorum MAJORITY = new Quorum();

    /** A ballot of one's own above all that were heard of. */
    Ballot nextBallot(NodeId self, Ballot highest) {
        return new Ballot(highest.round() + 1, self.value());
    }

    /** An acceptor obeys only who is not below its promise. */
    boolean accepts(Ballot promised, Ballot asked) {
        return asked.compareTo(promised) >= 0;
    }

    /**
     * Whether a known entry makes up for one that was lost elsewhere. Only the entry with the highest ballot of a quorum may be decided. A
     * loss under a lower ballot is no such entry, and one under the same ballot had the same value.
     */
    boolean supersedes(@Nullable Entry known, Ballot corruptBallot) {
        return known != null && known.ballot().compareTo(corruptBallot) >= 0;
    }

    /** A promise is worth its word only if the promiser still has all slots that were asked for. */
    boolean promiseCounts(Message.Promise promise) {
        return promise.lowWaterMark() < promise.from();
    }

    /** Of all that was accepted in a slot, the entry with the highest ballot may be decided, and no other. */
    Entry adopt(@Nullable Entry known, Entry told) {
        return known == null || known.ballot().compareTo(told.ballot()) < 0 ? told : known;
    }

    /** An election is welcome to those who have missed a leader for as long as a leader may be silent. */
    boolean grantsPreVote(boolean leads, long silenceNanos, long electionTimeoutNanos) {
        return !leads && silenceNanos >= electionTimeoutNanos;
    }

    /**
     * Who would have to be asked for a snapshot had better lead itself, and can at once. It is counted on all the same if it cannot:
     * there may be no other node left.
     */
    boolean preVoteCounts(Message.PreVoteResponse answer, long commit) {
        return answer.granted() && (answer.lowWaterMark() <= commit || !answer.canCampaign());
    }

    /** Whether an entry counts towards the match index under a ballot: it was decided, or accepted under this very ballot. */
    boolean matches(Entry entry, Ballot ballot, long decidedMark) {
        return entry.slot() <= decidedMark || entry.ballot().equals(ballot);
    }

    /** A follower knows as decided what the leader says is, as far as it has that from this leader. */
    long followerCommit(long leaderCommit, long match) {
        return Math.min(leaderCommit, match);
    }

    /** A leader's own acceptance counts like that of any other: once it is durable. */
    long leaderMatch(long durable, long written) {
        return durable;
    }

    /**
     * Entries from lower ballots behind what a leader adopted were not decided, for a quorum that had promised knew nothing of
     * them, and cannot be decided any more.
     */
    boolean isDead(long slot, Ballot ballotAtMost, Ballot leader, long settled, long commit) {
        return slot > settled && slot > commit && ballotAtMost.compareTo(leader) < 0;
    }

    /** Before its adopted slots are applied, a leader may lack writes that were acknowledged by another. */
    boolean canServeReads(long commit, long settled) {
        return commit >= settled;
    }

    /** A read needs a round that began after it was asked for. */
    long roundForRead(long lastRoundBegun) {
        return lastRoundBegun + 1;
    }

    /** A leader who has not heard a quorum for an election timeout may have been replaced. */
    boolean isHeardRecently(long silenceNanos, long electionTimeoutNanos) {
        return silenceNanos < electionTimeoutNanos;
    }

    /**
     * Who decides behind a decided entry. A change counts if nothing has changed since the membership on which it is based. One
     * that was written long ago and is adopted only now says what the members were to be then, and would undo what was
     * decided in between.
     */
    EffectiveMembership electorateAfter(EffectiveMembership before, Entry entry) {
        return entry.payload() instanceof Payload.MembershipChange(long basis, Membership next)
                        && basis == before.slot()
                ? new EffectiveMembership(entry.slot(), next)
                : before;
    }

    /** A slot is decided by the members that the slots below it say, so a leader decides a change before it counts by it. */
    boolean countsBeyondChange() {
        return false;
    }
}
