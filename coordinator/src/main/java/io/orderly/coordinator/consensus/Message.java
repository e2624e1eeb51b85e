package io.orderly.coordinator.consensus;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message between nodes. Any message may be lost, delayed, duplicated or reordered, so none is assumed to be recent: each has its
 * ballot, and an outdated one is answered with {@link Nack} or dropped.
 */
public sealed interface Message {

    /** The limit of the protocol: no message has more payload bytes, unless it has a single payload. */
    int MAX_BATCH_BYTES = 4 << 20;

    /** The limit of the protocol: no message has more payloads or entries. */
    int MAX_BATCH_ENTRIES = 1 << 16;

    /** The ballot under which it was sent; of a response, that of the request. */
    Ballot ballot();

    /**
     * Asks whether the receiver would accept an election. Sent before a {@link Prepare}, so that a node that was disconnected does
     * not disturb a leader that the others follow. Neither side changes anything durable.
     *
     * <p>Source: Ongaro, "Consensus: Bridging Theory and Practice" (2014), section 9.6, where it is called pre-vote.
     */
    record PreVote(Ballot ballot) implements Message {}

    /**
     * @param granted the sender has received nothing from a leader for an election timeout
     * @param promised by the sender; the candidate takes a ballot above all that it has seen
     * @param leader the leader of the sender; null if it knows none
     * @param lowWaterMark the sender has no entries up to this slot
     * @param canCampaign whether the sender could lead itself
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
     * Phase 1a: asks for a promise to accept nothing below this ballot, and for the accepted entries. Repeated for each chunk of
     * the response, and while the candidate waits for others.
     *
     * @param from the first slot to report; above the candidate's commit index
     */
    record Prepare(Ballot ballot, long from) implements Message {}

    /**
     * Phase 1b, after the promise is durable: a chunk of what the node accepted.
     *
     * <p>If {@code lowWaterMark >= from}, the requested slots are deleted, the message has no entries, and the promise does not
     * count until the candidate has installed a snapshot that covers them.
     *
     * @param from as requested
     * @param commit every slot up to this one is decided, and entries up to it have the decided values
     * @param lowWaterMark the sender has no entries up to this slot
     * @param entries from slot {@code from} on, without a gap but for those in {@code corrupt}
     * @param corrupt accepted entries that the node can no longer read, with their ballots
     * @param last the last slot in which the node accepted an entry; the promise is complete once a chunk reaches it
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

        /** Of a node without corrupt entries. */
        public Promise(Ballot ballot, long from, long commit, long lowWaterMark, List<Entry> entries, long last) {
            this(ballot, from, commit, lowWaterMark, entries, List.of(), last);
        }

        /** The first slot after this chunk. */
        public long next() {
            return from + entries.size() + corrupt.size();
        }
    }

    /** The response to a message whose ballot is below the promise. */
    record Nack(Ballot ballot, Ballot promised) implements Message {}

    /**
     * Phase 2a for consecutive slots, all under the ballot of the message, under whatever ballot they were first accepted.
     *
     * @param first the slot of the first payload
     * @param payloads not empty
     * @param marks of the leader's log
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
     * @param match every slot up to this one is decided, or durable on this node under this ballot
     */
    record Accepted(Ballot ballot, long match) implements Message {}

    /**
     * An {@link Accept} did not continue the log of the follower: an earlier message was lost or reordered.
     *
     * @param received as {@link Accepted#match()}, but perhaps not durable yet: used to resend, not to count
     */
    record LogGap(Ballot ballot, long received) implements Message {}

    /**
     * Sent by a live leader at intervals. It also starts a read round: a node that responds has promised no higher ballot.
     *
     * @param marks of the leader's log
     * @param round counts up within the ballot
     */
    record Heartbeat(Ballot ballot, LeaderMarks marks, long round) implements Message {}

    /** The commit index has moved, and no other message with it is due for this follower. It has no response. */
    record Decided(Ballot ballot, LeaderMarks marks) implements Message {}

    /**
     * @param round of the heartbeat
     * @param received as {@link LogGap#received()}
     * @param repairing the follower has a corrupt slot, perhaps behind the end of the leader's log
     */
    record HeartbeatResponse(Ballot ballot, long round, long received, boolean repairing) implements Message {}

    /**
     * Requests a chunk of a snapshot. The receiver tracks what it has. The sender keeps the snapshot, and the log after it, until
     * requests stop.
     *
     * @param slot of the snapshot, 0 for the newest; if the sender no longer has it, it responds with the first chunk of the newest
     * @param offset in bytes. The offset of the end requests no chunk, and keeps the snapshot in use
     * @param bytes how many, fewer only at the end of the snapshot; from 1 to {@value #MAX_BYTES}
     */
    record SnapshotRequest(Ballot ballot, long slot, long offset, int bytes) implements Message {

        /** The limit of the protocol: no chunk is larger. */
        public static final int MAX_BYTES = 4 << 20;
    }

    /**
     * Created by the caller of the replica on {@link SnapshotTask.SendChunk}.
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
     * Asks the receiver to take over, because it has all entries of the sender, or entries that the sender has not. The receiver
     * prepares at once, without a pre-vote.
     */
    record TakeOver(Ballot ballot) implements Message {}

    /**
     * Marks of the leader's log, which it sends with every message to followers.
     *
     * @param commit its commit index; a follower treats as decided the slots up to it that it has under this ballot
     * @param lowWaterMark the leader cannot send slots up to this one; a follower that lacks them fetches the snapshot
     * @param settled above this slot nothing was or will be decided under a lower ballot: a follower's entries there from lower
     *     ballots are dead
     */
    record LeaderMarks(long commit, long lowWaterMark, long settled) {}
}
