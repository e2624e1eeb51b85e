package io.orderly.partitions;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides the map, on the elected leader. Each proposal replaces exactly the map that it was computed from, by its revision.
 *
 * <p><b>Two leaders.</b> A new leader first writes its token into the map, also if nothing else changes. So a proposal that an earlier leader
 * computed before is refused by the store, and an earlier leader that reads the map afterwards finds a higher token and proposes nothing.
 *
 * <p><b>Generations.</b> The generation is one above the revision of the snapshot. A map is written at a later revision than that of the
 * snapshot, so a generation is never above the revision that wrote it, and is above all earlier generations, also if the map was deleted or
 * replaced by an earlier text in between.
 *
 * <p>Nothing that makes the partitions safe depends on the election: that a member is gone, and what it has acknowledged, stays true. The
 * election only prevents that several members compute the same. Not thread-safe.
 */
public final class PartitionAssigner {

    private long leader;
    private long seenRevision;
    private long proposedFor = -1;
    private long alarmedFor;

    /**
     * The own member leads from now on.
     *
     * @param token of the election; above 0, and above those of all earlier leaders
     * @throws IllegalArgumentException if the token is not above 0
     */
    public void elected(long token) {
        if (token <= 0) {
            throw new IllegalArgumentException("the token of a leader is above 0, not " + token);
        }
        leader = token;
        proposedFor = -1;
    }

    /** The own member does not lead any more. */
    public void deposed() {
        leader = 0;
    }

    /** The last proposal was answered, or its outcome is unknown: the next snapshot shows it. */
    public void answered() {
        proposedFor = -1;
    }

    /** A snapshot was read, perhaps late: one that is older than another is ignored. */
    public List<AssignerEffect> seen(Snapshot snapshot) {
        if (leader == 0 || snapshot.revision() < seenRevision) {
            return List.of();
        }
        seenRevision = snapshot.revision();
        if (snapshot.mapRevision() == proposedFor) {
            return List.of();
        }
        PartitionMap current;
        try {
            current = snapshot.mapText() == null ? null : PartitionMapText.read(snapshot.mapText());
        } catch (MalformedMapException e) {
            return alarm(snapshot, "the stored map is malformed: " + e.getMessage());
        }
        if (current != null && current.generation() > snapshot.revision()) {
            return alarm(
                    snapshot,
                    "the stored map is of generation %d, but the store is at revision %d: it was restored, or the map was not written by a leader"
                            .formatted(current.generation(), snapshot.revision()));
        }
        return propose(snapshot, current);
    }

    private List<AssignerEffect> propose(Snapshot snapshot, @Nullable PartitionMap current) {
        if (current != null && current.leader() > leader) {
            return List.of();
        }
        PartitionMap next = Assignment.next(current, snapshot.acknowledged(), leader, snapshot.revision() + 1);
        if (current != null
                && current.leader() == leader
                && current.ownerships().equals(next.ownerships())) {
            return List.of();
        }
        proposedFor = snapshot.mapRevision();
        return List.of(new AssignerEffect.Propose(snapshot.mapRevision(), next));
    }

    private List<AssignerEffect> alarm(Snapshot snapshot, String reason) {
        if (alarmedFor == snapshot.mapRevision()) {
            return List.of();
        }
        alarmedFor = snapshot.mapRevision();
        return List.of(new AssignerEffect.Alarm(snapshot.mapRevision(), reason));
    }
}
