package io.orderly.coordinator.member;

import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Status;
import java.time.Duration;
import java.util.Set;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** The readiness and liveness of a member. */
final class MemberHealth {

    /** A member that lacks more than this is not caught up. */
    private static final long MAX_LAG_SLOTS = 1_000;

    private MemberHealth() {}

    /**
     * Ready: it is a member, knows a leader that a quorum follows, has applied the slots that it knows to be decided, and has found no
     * state that differs.
     */
    static HealthIndicator readiness(NodeId self, MemberThreads threads) {
        return () -> readiness(self, threads.status(), threads.differing());
    }

    static Health readiness(NodeId self, Status status, Set<NodeId> differing) {
        long lag = status.commit() - status.applied();
        boolean isReady = status.leader() != null
                && status.membership().isMember(self)
                && lag <= MAX_LAG_SLOTS
                && differing.isEmpty();
        return (isReady ? Health.up() : Health.outOfService())
                .withDetail("role", status.role())
                .withDetail(
                        "leader",
                        status.leader() == null ? "none" : status.leader().toString())
                .withDetail("member", status.membership().isMember(self))
                .withDetail("lagSlots", lag)
                .withDetail("corrupt", differing.stream().map(NodeId::value).toList())
                .build();
    }

    /** Alive: neither the event loop nor the disk is stuck. */
    static HealthIndicator liveness(MemberThreads threads, Duration stallTimeout) {
        return () -> liveness(threads.isRunning(), threads.loopBusyNanos(), threads.diskBusyNanos(), stallTimeout);
    }

    static Health liveness(boolean isRunning, long loopNanos, long diskNanos, Duration stallTimeout) {
        boolean isAlive = isRunning && Math.max(loopNanos, diskNanos) < stallTimeout.toNanos();
        return (isAlive ? Health.up() : Health.down())
                .withDetail("loopBusyMillis", Duration.ofNanos(loopNanos).toMillis())
                .withDetail("diskBusyMillis", Duration.ofNanos(diskNanos).toMillis())
                .build();
    }
}
