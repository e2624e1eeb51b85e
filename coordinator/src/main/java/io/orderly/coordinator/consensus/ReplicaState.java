package io.orderly.coordinator.consensus;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The state that all roles of a replica share, and the change of roles. */
final class ReplicaState {

    final NodeId self;
    final ConsensusSettings settings;
    final Rules rules;
    final EffectCollector effects = new EffectCollector();
    final Acceptor acceptor;
    final SnapshotFetch fetch;

    private final RandomGenerator jitter;
    private final DiskHangDetector disk = new DiskHangDetector();
    private boolean isDiskHanging;
    private Ballot highestSeen;
    private long nowNanos;
    private long heardNanos;
    private Role role;

    ReplicaState(NodeId self, ConsensusSettings settings, DurableState durable, RandomGenerator jitter, Rules rules) {
        this.self = self;
        this.settings = settings;
        this.rules = rules;
        this.jitter = jitter;
        acceptor = new Acceptor(settings, rules, effects, durable);
        fetch = new SnapshotFetch(this);
        highestSeen = durable.promised();
        role = new Follower(this, Ballot.ZERO, null);
    }

    /** Since the first tick. */
    long nowNanos() {
        return nowNanos;
    }

    void moveTime(long now) {
        nowNanos = Math.max(nowNanos, now);
    }

    Role role() {
        return role;
    }

    void become(Role next) {
        role.leave(next);
        role = next;
        next.enter();
    }

    /** Becomes a follower of a leader, or without a known leader. */
    void follow(Ballot ballot, @Nullable NodeId leader) {
        become(new Follower(this, ballot, leader));
        effects.event(new ReplicaEvent.Following(ballot, leader));
    }

    /** A leader is alive, or an election is under way. */
    void heard() {
        heardNanos = nowNanos;
    }

    long silenceNanos() {
        return nowNanos - heardNanos;
    }

    void seen(Ballot ballot) {
        if (ballot.compareTo(highestSeen) > 0) {
            highestSeen = ballot;
        }
    }

    /** The highest ballot that any node is known to have promised. */
    Ballot highestSeen() {
        return highestSeen;
    }

    Ballot nextBallot() {
        seen(acceptor.promised());
        return rules.nextBallot(self, highestSeen);
    }

    /** When to start an election: an election timeout from now, plus a random part of it. */
    long electionDeadlineNanos() {
        long timeout = settings.electionTimeout().toNanos();
        return nowNanos + timeout + jitter.nextLong(timeout);
    }

    /** A node whose disk completes no write could not make its promise durable, and would only stand in the way of others. */
    boolean canCampaign() {
        return !acceptor.isInstalling() && acceptor.membership().isVoter(self) && !isDiskHanging;
    }

    void watchDisk() {
        isDiskHanging = disk.isHanging(
                effects.writtenPoint(),
                effects.durablePoint(),
                nowNanos,
                settings.diskTimeout().toNanos());
    }

    boolean isDiskHanging() {
        return isDiskHanging;
    }
}
