package io.orderly.coordinator.consensus;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What all roles of a replica share, and how one role gives way to the next. */
final class ReplicaState {

    final NodeId self;
    final ConsensusSettings configuration;
    final Rules rules;
    final EffectCollector outbox = new EffectCollector();
    final Acceptor acceptor;
    final SnapshotFetch fetch;

    private final RandomGenerator jitter;
    private Ballot highestSeen;
    private long nowNanos;
    private long heardNanos;
    private Role role;

    ReplicaState(
            NodeId self, ConsensusSettings configuration, DurableState durable, RandomGenerator jitter, Rules rules) {
        this.self = self;
        this.configuration = configuration;
        this.rules = rules;
        this.jitter = jitter;
        acceptor = new Acceptor(configuration, rules, outbox, durable);
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

    /** Gives way to a leader, or to nobody known. */
    void follow(Ballot ballot, @Nullable NodeId leader) {
        become(new Follower(this, ballot, leader));
        outbox.event(new ReplicaEvent.Following(ballot, leader));
    }

    /** A leader lives, or an election is under way that deserves its time. */
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

    /** Of all that a node is known to have promised. */
    Ballot highestSeen() {
        return highestSeen;
    }

    Ballot nextBallot() {
        seen(acceptor.promised());
        return rules.nextBallot(self, highestSeen);
    }

    /** When a node should lose patience: an election timeout from now, and up to as long again by lot. */
    long electionDeadlineNanos() {
        long timeout = configuration.electionTimeout().toNanos();
        return nowNanos + timeout + jitter.nextLong(timeout);
    }

    boolean canCampaign() {
        return !acceptor.isInstalling() && acceptor.membership().isVoter(self);
    }
}
