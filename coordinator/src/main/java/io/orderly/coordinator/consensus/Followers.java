package io.orderly.coordinator.consensus;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The other members, as their leader knows them, and what it sends to them under its ballot. */
final class Followers {

    private final ReplicaState state;
    private final Ballot ballot;
    private final long settled;
    private final SortedMap<NodeId, Progress> followers = new TreeMap<>();

    /** @param settled the last slot that the leader has adopted */
    Followers(ReplicaState state, Ballot ballot, long settled) {
        this.state = state;
        this.ballot = ballot;
        this.settled = settled;
    }

    /** @return null if the node is no other member */
    @Nullable Progress get(NodeId node) {
        return followers.get(node);
    }

    /** As {@link Progress#match()}; 0 if the node is no other member. */
    long match(NodeId node) {
        Progress follower = followers.get(node);
        return follower == null ? 0 : follower.match();
    }

    /** As {@link Progress#round()}; 0 if the node is no other member. */
    long round(NodeId node) {
        Progress follower = followers.get(node);
        return follower == null ? 0 : follower.round();
    }

    boolean isHeardRecently(NodeId node) {
        Progress follower = followers.get(node);
        return follower != null
                && state.rules.isHeardRecently(
                        state.nowNanos() - follower.heardNanos(),
                        state.settings.electionTimeout().toNanos());
    }

    /**
     * Tracks the current members; removed members get a last heartbeat with the commit index.
     *
     * @param round the last one that has begun
     */
    void track(long round) {
        List<NodeId> members = state.acceptor.membership().members();
        for (NodeId gone : followers.keySet().stream()
                .filter(node -> !members.contains(node))
                .toList()) {
            state.effects.sendNow(gone, new Message.Heartbeat(ballot, marks(), round));
            followers.remove(gone);
        }
        for (NodeId member : members) {
            if (!member.equals(state.self) && !followers.containsKey(member)) {
                followers.put(
                        member,
                        new Progress(
                                state.settings.maxInFlightBatches(),
                                state.acceptor.commit() + 1,
                                true,
                                state.nowNanos()));
            }
        }
    }

    /** @param round that begins with it */
    void heartbeat(long round) {
        Message heartbeat = new Message.Heartbeat(ballot, marks(), round);
        followers.forEach((node, follower) -> {
            state.effects.sendNow(node, heartbeat);
            follower.notified(state.acceptor.commit());
        });
    }

    /** Time has passed: batches without an acknowledgement are sent again with {@link #replicate}. */
    void tick() {
        long timeoutNanos = state.settings.resendTimeout().toNanos();
        followers.values().forEach(follower -> follower.resendAfter(timeoutNanos, state.nowNanos()));
    }

    /** Sends batches to all that have room for more. */
    void replicate() {
        Message.Accept previous = null;
        for (var follower : followers.entrySet()) {
            Progress progress = follower.getValue();
            while (progress.hasRoom()
                    && progress.next() <= state.acceptor.log().last()
                    && progress.next() > state.acceptor.log().lowWaterMark()) {
                if (previous == null || previous.first() != progress.next()) {
                    previous = batchFrom(progress.next());
                }
                state.effects.sendNow(follower.getKey(), previous);
                progress.sent(previous.last(), state.nowNanos());
                progress.notified(state.acceptor.commit());
            }
        }
    }

    private Message.Accept batchFrom(long first) {
        ConsensusSettings limits = state.settings;
        List<Payload> payloads = new ArrayList<>();
        long bytes = 0;
        for (long slot = first; slot <= state.acceptor.log().last(); slot++) {
            Payload payload = state.acceptor.log().entry(slot).payload();
            bytes += payload.sizeInBytes();
            if (!payloads.isEmpty()
                    && (bytes > limits.maxBatchBytes() || payloads.size() >= limits.maxBatchEntries())) {
                break;
            }
            payloads.add(payload);
        }
        return new Message.Accept(ballot, first, payloads, marks());
    }

    /**
     * Sends the commit index at once to followers that no other message has told. A follower needs it although its own disk still
     * writes: its clients wait for what the others have decided.
     */
    void notifyCommit() {
        long commit = state.acceptor.commit();
        followers.forEach((node, follower) -> {
            if (follower.needsCommitNotice(commit)) {
                state.effects.sendNow(node, new Message.Decided(ballot, marks()));
                follower.notified(commit);
            }
        });
    }

    private Message.LeaderMarks marks() {
        return new Message.LeaderMarks(
                state.acceptor.commit(), state.acceptor.log().lowWaterMark(), settled);
    }
}
