package io.orderly.coordinator.simulation;

import io.orderly.coordinator.consensus.Membership;
import io.orderly.coordinator.consensus.MembershipRequest;
import io.orderly.coordinator.consensus.NodeId;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Replaces nodes, one after the other: a new one learns, gets its vote, and then the old one goes. It asks a node that believes it
 * leads, again and again, for the step that is missing.
 */
final class Administrator {

    private static final long INTERVAL_MICROS = 150_000;

    /** For what they know to become durable. */
    private static final long GRACE_MICROS = 1_000_000;

    private record Replacement(NodeId old, NodeId successor) {}

    private final Cluster cluster;
    private final Deque<NodeId> toReplace = new ArrayDeque<>();
    private @Nullable Replacement current;
    private long knownSinceMicros;

    Administrator(Cluster cluster) {
        this.cluster = cluster;
        work();
    }

    /** Whether all that was asked for is done. */
    boolean isIdle() {
        return current == null && toReplace.isEmpty();
    }

    /** Whether the node is on its way in or out. */
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

    /**
     * Whether a quorum of the new members knows that the old one has left. Before that its vote may still be needed.
     */
    private boolean isGone(NodeId old, Membership now) {
        long know = cluster.hosts().stream()
                .filter(host -> now.isVoter(host.id()))
                .map(Host::status)
                .filter(status -> status != null && !status.membership().isMember(old))
                .count();
        return 2 * know > now.voters().size();
    }

    private void dismiss(NodeId node) {
        Host old = cluster.host(node);
        if (old != null && !old.isGone()) {
            old.loseDisk();
        }
        cluster.add(Figure.MEMBERS_CHANGED, 1);
        current = null;
    }

    private void step(Replacement replacement) {
        Membership now = cluster.promises().membership();
        NodeId successor = replacement.successor;
        if (now.isVoter(successor) && !now.isMember(replacement.old)) {
            if (!isGone(replacement.old, now)) {
                knownSinceMicros = cluster.time().nowMicros();
            } else if (cluster.time().nowMicros() - knownSinceMicros > GRACE_MICROS) {
                dismiss(replacement.old);
            }
            return;
        }
        MembershipRequest missing = now.isVoter(successor)
                ? new MembershipRequest.Remove(replacement.old)
                : now.isLearner(successor)
                        ? new MembershipRequest.Promote(successor)
                        : new MembershipRequest.AddLearner(successor);
        cluster.anyLeader().ifPresent(leader -> {
            cluster.trace()
                    .add(cluster.time().nowMicros(), "", () -> "administrator asks " + leader.id() + " for " + missing);
            leader.change(missing);
        });
    }
}
