package io.orderly.coordinator.simulation;

import io.orderly.coordinator.consensus.Membership;
import io.orderly.coordinator.consensus.MembershipRequest;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.ReplicaOutcome;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Replaces nodes one after the other: a new node joins as a learner, becomes a voter, and then the old node is removed. It repeats
 * the request for the missing step to a node that considers itself the leader.
 */
final class Administrator {

    private static final long INTERVAL_MICROS = 150_000;

    private record Replacement(NodeId old, NodeId successor) {}

    private final SimulatedCluster cluster;
    private final Deque<NodeId> toReplace = new ArrayDeque<>();
    private @Nullable Replacement current;

    Administrator(SimulatedCluster cluster) {
        this.cluster = cluster;
        work();
    }

    /** Whether all requested replacements are done. */
    boolean isIdle() {
        return current == null && toReplace.isEmpty();
    }

    /** Whether the node is being added or removed. */
    boolean isBusyWith(NodeId node) {
        return toReplace.contains(node)
                || current != null && (current.old.equals(node) || current.successor.equals(node));
    }

    void replace(NodeId old) {
        toReplace.add(old);
    }

    private void work() {
        cluster.time().after(INTERVAL_MICROS, this::work);
        if (current == null) {
            NodeId old = toReplace.poll();
            if (old == null) {
                return;
            }
            current = new Replacement(old, cluster.add().id());
        }
        step(current);
    }

    /** Discards the old node as soon as its removal is acknowledged: its vote is not needed any more, even after a crash of any node. */
    private void answered(Replacement replacement, MembershipRequest request, ReplicaOutcome outcome) {
        boolean removed = request instanceof MembershipRequest.Remove && outcome instanceof ReplicaOutcome.Applied;
        if (removed && replacement.equals(current)) {
            discard(replacement.old);
            cluster.add(RunMetric.MEMBERS_CHANGED, 1);
            current = null;
        }
    }

    private void discard(NodeId node) {
        Host host = cluster.host(node);
        if (host != null && !host.isGone()) {
            host.loseDisk();
        }
    }

    private void step(Replacement replacement) {
        Membership now = cluster.checker().membership();
        NodeId successor = replacement.successor;
        if (!now.isMember(successor) && successor.value() <= now.highestId()) {
            // another administrator has added a node with a higher id meanwhile
            discard(successor);
            current = new Replacement(replacement.old, cluster.add().id());
            return;
        }
        MembershipRequest missing = now.isVoter(successor)
                ? new MembershipRequest.Remove(replacement.old)
                : now.isLearner(successor)
                        ? new MembershipRequest.Promote(successor)
                        : new MembershipRequest.AddLearner(successor);
        cluster.anyLeader().ifPresent(leader -> {
            cluster.trace()
                    .add(
                            cluster.time().nowMicros(),
                            "",
                            () -> "administrator requests " + missing + " from " + leader.id());
            leader.change(missing, outcome -> cluster.time().after(1, () -> answered(replacement, missing, outcome)));
        });
    }
}
