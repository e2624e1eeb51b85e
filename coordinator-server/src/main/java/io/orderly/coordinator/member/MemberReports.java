package io.orderly.coordinator.member;

import io.orderly.coordinator.consensus.Membership;
import io.orderly.coordinator.consensus.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether the disks of the members have space, as they report it, and what follows for the leader: it accepts data only if its own disk
 * has space and, where a voter reports that it has none, so have those of a majority of the voters, and it transfers its leadership to a voter with space if it has none.
 */
final class MemberReports {

    /** How often each member reports to the others. */
    static final long INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();

    /** A member that has reported nothing for this long has no space that counts, if another one has none. */
    private static final long VALID_NANOS = 5 * INTERVAL_NANOS;

    private record Told(boolean isDiskLow, long atNanos) {}

    private final NodeId self;
    private final Map<NodeId, Told> told = new HashMap<>();

    /** The last that was asked to take over; at first this member. */
    private NodeId lastSuccessor;

    MemberReports(NodeId self) {
        this.self = self;
        lastSuccessor = self;
    }

    void told(NodeId from, boolean isDiskLow, long nowNanos) {
        told.put(from, new Told(isDiskLow, nowNanos));
    }

    void retain(List<NodeId> members) {
        told.keySet().retainAll(members);
    }

    /**
     * Whether this member as the leader accepts data.
     *
     * @param isOwnLow whether its own disk is nearly full
     */
    boolean acceptsData(Membership membership, boolean isOwnLow, long nowNanos) {
        List<NodeId> voters = membership.voters();
        long withSpace = voters.stream()
                .filter(voter -> voter.equals(self) ? !isOwnLow : mayHaveSpace(voter, nowNanos))
                .count();
        boolean isAnyLow = voters.stream().anyMatch(voter -> isLow(voter, nowNanos));
        return !isOwnLow && (!isAnyLow || 2 * withSpace > voters.size());
    }

    private boolean isLow(NodeId voter, long nowNanos) {
        Told last = told.get(voter);
        return last != null && last.isDiskLow && isRecent(last, nowNanos);
    }

    /** A member that was never heard is one that starts, or this member has just started. */
    private boolean mayHaveSpace(NodeId voter, long nowNanos) {
        return !told.containsKey(voter) || hasSpace(voter, nowNanos);
    }

    private boolean hasSpace(NodeId voter, long nowNanos) {
        Told last = told.get(voter);
        return last != null && !last.isDiskLow && isRecent(last, nowNanos);
    }

    private static boolean isRecent(Told last, long nowNanos) {
        return nowNanos - last.atNanos < VALID_NANOS;
    }

    /**
     * A voter that can take over from a leader without space; empty if none is known. Each call names the next one, since the last may
     * have been unable to.
     */
    Optional<NodeId> successor(Membership membership, long nowNanos) {
        List<NodeId> voters = membership.voters();
        List<NodeId> inTurn = new ArrayList<>(voters);
        Collections.rotate(inTurn, -1 - voters.indexOf(lastSuccessor));
        Optional<NodeId> next = inTurn.stream()
                .filter(voter -> !voter.equals(self) && hasSpace(voter, nowNanos))
                .findFirst();
        next.ifPresent(voter -> lastSuccessor = voter);
        return next;
    }
}
