package io.orderly.coordinator.consensus;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What nodes say to each other. Any message may be lost, delayed, duplicated or overtaken, and none is trusted to be recent: each
 * names the ballot that it belongs to, and one that is out of date is answered with {@link Nack} or dropped.
 */
public sealed interface Message {

    /** Under which it was sent; of an answer, that of the question. */
    Ballot ballot();

    /**
     * Would you welcome an election? Asked before a {@link Prepare}, so that a node that was cut off does not disturb a
     * leader whom the others hear. Neither side changes anything durable.
     *
     * <p>Source: Ongaro, "Consensus: Bridging Theory and Practice" (2014), section 9.6, where it is called pre-vote.
     */
    record PreVote(Ballot ballot) implements Message {}

    /**
     * @param granted the answerer has heard no leader for an election timeout
     * @param promised by the answerer; the candidate takes a ballot above all it has heard of
     * @param leader whom the answerer follows; null if it knows none
     * @param lowWaterMark the answerer has no entries up to this slot
     * @param canCampaign the answerer could lead itself
     */
    record PreVoteResponse(
            Ballot ballot,
            boolean granted,
            Ballot promised,
            @Nullable NodeId leader,
            long lowWaterMark,
            boolean canCampaign)
            implements Message {}

    /**
     * Phase 1a: promise to accept nothing below this ballot, and tell what you accepted. Repeated for each chunk of the answer, and
     * while the candidate waits for others.
     *
     * @param from the first slot to tell; above the candidate's commit index
     */
    record Prepare(Ballot ballot, long from) implements Message {}

    /**
     * Phase 1b, after the promise is durable: a chunk of what the node accepted.
     *
     * <p>If {@code lowWaterMark >= from}, the slots asked for are gone, there are no entries in here, and the promise does not
     * count until the candidate has installed a snapshot that covers them.
     *
     * @param from as asked
     * @param commit every slot up to this one is decided, and those of the entries are what was decided
     * @param lowWaterMark the answerer has no entries up to this slot
     * @param entries from slot {@code from} on, without a gap but for those in {@code corrupt}
     * @param corrupt what the node accepted in these slots and can no longer read: it tells nothing of them but the ballot
     * @param last the last slot in which the node accepted anything; the promise is told in full once a chunk reaches it
     */
    record Promise(
            Ballot ballot,
            long from,
            long commit,
            long lowWaterMark,
            List<Entry> entries,
            List<CorruptEntry> corrupt,
            long last)
            implements Message {

        /** Of a node that has lost nothing. */
        public Promise(Ballot ballot, long from, long commit, long lowWaterMark, List<Entry> entries, long last) {
            this(ballot, from, commit, lowWaterMark, entries, List.of(), last);
        }

        /** The first slot that is not told yet. */
        public long next() {
            return from + entries.size() + corrupt.size();
        }
    }

    /** The answer to anything under too low a ballot. */
    record Nack(Ballot ballot, Ballot promised) implements Message {}

    /**
     * Phase 2a for consecutive slots, all under the ballot of the message, whatever ballot they were first accepted under.
     *
     * @param first the slot of the first payload
     * @param payloads not empty
     * @param marks what each leader repeats about its term
     */
    record Accept(Ballot ballot, long first, List<Payload> payloads, LeaderMarks marks) implements Message {

        /** The slot of the last payload. */
        public long last() {
            return first + payloads.size() - 1;
        }
    }

    /**
     * Phase 2b, after the entries are durable.
     *
     * @param match every slot up to this one is decided, or durable on this node under this very ballot
     */
    record Accepted(Ballot ballot, long match) implements Message {}

    /**
     * An {@link Accept} did not continue the log of the follower: something before it was lost or overtaken.
     *
     * @param received as {@link Accepted#match()}, but perhaps not durable yet: good for sending on, not for counting
     */
    record LogGap(Ballot ballot, long received) implements Message {}

    /**
     * The leader lives. Also the question of a read round: who answers has promised nothing higher.
     *
     * @param marks what each leader repeats about its term
     * @param round counts up within the ballot
     */
    record Heartbeat(Ballot ballot, LeaderMarks marks, long round) implements Message {}

    /** The commit index has moved, and nothing else that would say so is to be sent to this follower now. Needs no answer. */
    record Decided(Ballot ballot, LeaderMarks marks) implements Message {}

    /**
     * @param round as asked
     * @param received as {@link LogGap#received()}
     * @param repairing the follower has a corrupt slot, perhaps behind the end of the leader's log
     */
    record HeartbeatResponse(Ballot ballot, long round, long received, boolean repairing) implements Message {}

    /**
     * Asks for a part of a snapshot. The receiver keeps the account of what it has. The sender keeps the snapshot, and the log behind it,
     * until no more requests come.
     *
     * @param slot of the snapshot whose part is wanted, 0 for the newest; if the sender no longer has that one, it answers with the
     *     beginning of the newest
     * @param offset in bytes. That of the end asks for no part, and tells that the snapshot is in use
     * @param bytes how many, fewer only at the end of the snapshot; from 1 to {@value #MAX_BYTES}
     */
    record SnapshotRequest(Ballot ballot, long slot, long offset, int bytes) implements Message {

        /** The bound of the protocol: no part is larger. */
        public static final int MAX_BYTES = 4 << 20;
    }

    /**
     * Made by the edge on {@link SnapshotTask.SendChunk}.
     *
     * @param offset in bytes
     * @param bytes never empty; not copied, and never to be changed
     */
    record SnapshotChunk(Ballot ballot, Snapshot snapshot, long offset, byte[] bytes) implements Message {

        @Override
        public boolean equals(Object other) {
            return other instanceof SnapshotChunk(Ballot b, Snapshot s, long o, byte[] theirs)
                    && ballot.equals(b)
                    && snapshot.equals(s)
                    && offset == o
                    && Arrays.equals(bytes, theirs);
        }

        @Override
        public int hashCode() {
            return Objects.hash(ballot, snapshot, offset, Arrays.hashCode(bytes));
        }

        @Override
        public String toString() {
            return "SnapshotChunk[ballot=%s, %s, offset=%d, %d bytes]"
                    .formatted(ballot, snapshot, offset, bytes.length);
        }
    }

    /**
     * Take over: you have all that I have, or I would need a snapshot of what you have. The receiver prepares at once, without a
     * probe round.
     */
    record TakeOver(Ballot ballot) implements Message {}

    /**
     * What a leader says about its term with every message that followers obey.
     *
     * @param commit its commit index; a follower knows those slots as decided which it has under this very ballot
     * @param lowWaterMark the leader cannot send slots up to this one; a follower who lacks them asks for the snapshot
     * @param settled above this slot nothing is decided, or ever will be, under a lower ballot than this one: what a follower has
     *     there from older ballots is dead
     */
    record LeaderMarks(long commit, long lowWaterMark, long settled) {}
}
