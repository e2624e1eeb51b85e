package io.orderly.partitions;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The partitions of one registration of an instance. It follows the map while its lease is valid, and ends, for good, with the lease: then
 * the instance registers again, with another {@link MemberId} and another {@code PartitionOwner}.
 *
 * <p><b>One owner.</b> The map gives a partition to a member only after the one before has acknowledged that it has stopped, or its
 * registration has ended. The lease of the owner is over by its own clock before the store ends it. So two members do not work on a
 * partition at the same time, as long as clocks run at the speed that the lease allows for and no process is paused between {@link #token} and its
 * write. What is left is refused by the resource, by the token.
 *
 * <p>Times are of a monotonic clock, in nanoseconds. Not thread-safe.
 */
public final class PartitionOwner {

    private final MemberId self;
    private final Map<PartitionId, Long> owned = new TreeMap<>();
    private final Set<PartitionId> stopping = new TreeSet<>();
    private @Nullable PartitionMap map;
    private long mapRevision;
    private long validUntilNanos;
    private long owedAcknowledgement;
    private boolean over;

    /** @param validUntilNanos when the lease is over, as for {@link #renewed} */
    public PartitionOwner(MemberId self, long validUntilNanos) {
        this.self = self;
        this.validUntilNanos = validUntilNanos;
    }

    /**
     * The lease was renewed.
     *
     * @param untilNanos when this member must have stopped: the time to live, counted from when the renewal was <i>asked for</i>, less the
     *     allowed drift of clocks and the time that it takes to stop
     */
    public List<OwnerEffect> renewed(long nowNanos, long untilNanos) {
        List<OwnerEffect> effects = tick(nowNanos);
        if (!over && untilNanos - validUntilNanos > 0) {
            validUntilNanos = untilNanos;
        }
        return effects;
    }

    /** Time has passed: if the lease is over, all partitions are lost. */
    public List<OwnerEffect> tick(long nowNanos) {
        return !over && nowNanos - validUntilNanos >= 0 ? end() : List.of();
    }

    /** The member ends, or the store has said that its lease has ended. All partitions are lost, and nothing follows. */
    public List<OwnerEffect> end() {
        over = true;
        List<OwnerEffect> effects = new ArrayList<>();
        List.copyOf(owned.keySet()).forEach(partition -> lose(partition, effects));
        return effects;
    }

    /** Whether it has ended: the instance has to register again. */
    public boolean isOver() {
        return over;
    }

    /**
     * The token to write with, if the member may write now. To be called before each write.
     *
     * <p>The resource compares it in the transaction or statement that writes, and refuses that of an owner that another has followed.
     *
     * @return empty if the partition is not its own, or its lease is over
     */
    public Optional<Long> token(PartitionId partition, long nowNanos) {
        boolean valid = !over && nowNanos - validUntilNanos < 0;
        return valid ? Optional.ofNullable(owned.get(partition)) : Optional.empty();
    }

    /** The environment has stopped to work on a partition that was lost; repeated calls have no effect. */
    public List<OwnerEffect> stopped(PartitionId partition) {
        List<OwnerEffect> effects = new ArrayList<>();
        if (stopping.remove(partition)) {
            acknowledge(effects);
            acquire(effects);
        }
        return effects;
    }

    /**
     * A map was read or watched, perhaps late or again.
     *
     * @param revision that wrote or deleted it
     * @param text null if it was deleted
     */
    public List<OwnerEffect> mapSeen(long nowNanos, long revision, @Nullable String text) {
        List<OwnerEffect> effects = new ArrayList<>(tick(nowNanos));
        if (over || revision <= mapRevision) {
            return effects;
        }
        mapRevision = revision;
        if (text == null) {
            effects.add(new OwnerEffect.Alarm(revision, "the map was deleted"));
            return effects;
        }
        PartitionMap next;
        try {
            next = PartitionMapText.read(text);
        } catch (MalformedMapException e) {
            effects.add(new OwnerEffect.Alarm(revision, "the map is malformed: " + e.getMessage()));
            return effects;
        }
        if (map != null && next.generation() <= map.generation()) {
            effects.add(new OwnerEffect.Alarm(
                    revision,
                    "the map of generation %d follows one of generation %d"
                            .formatted(next.generation(), map.generation())));
            return effects;
        }
        follow(next, effects);
        return effects;
    }

    private void follow(PartitionMap next, List<OwnerEffect> effects) {
        map = next;
        for (PartitionId partition : PartitionId.all()) {
            Long token = owned.get(partition);
            if (token != null && !new Ownership.Owned(self, token).equals(next.ownership(partition))) {
                lose(partition, effects);
            }
            if (next.ownership(partition) instanceof Ownership.Leaving(MemberId owner, long _, long _)
                    && owner.equals(self)) {
                owedAcknowledgement = next.generation();
            }
        }
        acknowledge(effects);
        acquire(effects);
    }

    private void lose(PartitionId partition, List<OwnerEffect> effects) {
        owned.remove(partition);
        stopping.add(partition);
        effects.add(new OwnerEffect.Lost(partition));
    }

    /** Acknowledges when nothing is stopping any more: one number covers all partitions. */
    private void acknowledge(List<OwnerEffect> effects) {
        if (owedAcknowledgement > 0 && stopping.isEmpty() && !over) {
            effects.add(new OwnerEffect.Acknowledge(owedAcknowledgement));
            owedAcknowledgement = 0;
        }
    }

    /** Starts what the map gives to this member, except partitions that it has not stopped since it had them before. */
    private void acquire(List<OwnerEffect> effects) {
        if (over || map == null) {
            return;
        }
        for (PartitionId partition : PartitionId.all()) {
            if (map.ownership(partition) instanceof Ownership.Owned(MemberId owner, long token)
                    && owner.equals(self)
                    && !stopping.contains(partition)
                    && owned.putIfAbsent(partition, token) == null) {
                effects.add(new OwnerEffect.Acquired(partition, token));
            }
        }
    }
}
