package io.orderly.coordinator.partitions;

import io.orderly.partitions.MemberId;
import io.orderly.partitions.OwnedPartitions.Claim;
import io.orderly.partitions.OwnerEffect;
import io.orderly.partitions.PartitionId;
import io.orderly.partitions.PartitionOwner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One registration of this instance: its partitions and the claims on them. A partition that is lost counts as stopped when the last claim on it is
 * closed. Thread-safe.
 */
final class Registration {

    private final MemberId id;
    private final Supplier<Duration> leaseRemaining;
    private final LongSupplier nanoTime;
    private final Consumer<OwnerEffect> effects;
    private final PartitionOwner owner;
    private final Map<PartitionId, Integer> claims = new HashMap<>();
    private final Set<PartitionId> lost = new HashSet<>();

    /**
     * @param leaseRemaining how long the lease is certainly valid; zero if it is not
     * @param nanoTime monotonic time, as {@link System#nanoTime}
     * @param effects what the environment has to do; called with the monitor of this object held, in order
     */
    Registration(MemberId id, Supplier<Duration> leaseRemaining, LongSupplier nanoTime, Consumer<OwnerEffect> effects) {
        this.id = id;
        this.leaseRemaining = leaseRemaining;
        this.nanoTime = nanoTime;
        this.effects = effects;
        this.owner = new PartitionOwner(
                id, nanoTime.getAsLong() + leaseRemaining.get().toNanos());
    }

    MemberId id() {
        return id;
    }

    /** The lease has ended, or the instance stops: all partitions are lost. */
    synchronized void end() {
        apply(owner.end());
    }

    /** Whether it has ended: the instance has to register again. */
    synchronized boolean isOver() {
        renew();
        return owner.isOver();
    }

    /** @param text null if the map was deleted */
    synchronized void mapSeen(long revision, @Nullable String text) {
        renew();
        apply(owner.mapSeen(nanoTime.getAsLong(), revision, text));
    }

    /** The partitions that the instance may work on now, with their tokens. */
    synchronized Map<PartitionId, Long> owned() {
        long now = renew();
        Map<PartitionId, Long> tokens = new TreeMap<>();
        for (PartitionId partition : PartitionId.all()) {
            owner.token(partition, now).ifPresent(token -> tokens.put(partition, token));
        }
        return tokens;
    }

    synchronized Claim claim() {
        Map<PartitionId, Long> tokens = owned();
        tokens.keySet().forEach(partition -> claims.merge(partition, 1, Integer::sum));
        return new OpenClaim(tokens);
    }

    private synchronized void release(Set<PartitionId> partitions) {
        List<PartitionId> stopped = new ArrayList<>();
        for (PartitionId partition : partitions) {
            Integer left = claims.merge(partition, -1, (open, closed) -> open + closed == 0 ? null : open + closed);
            if (left == null && lost.remove(partition)) {
                stopped.add(partition);
            }
        }
        stopped.forEach(partition -> apply(owner.stopped(partition)));
    }

    /** Passes the remaining time of the lease on, and returns the present time. */
    private long renew() {
        long now = nanoTime.getAsLong();
        apply(owner.renewed(now, now + leaseRemaining.get().toNanos()));
        return now;
    }

    private void apply(List<OwnerEffect> next) {
        for (OwnerEffect effect : next) {
            effects.accept(effect);
            if (effect instanceof OwnerEffect.Lost(PartitionId partition)) {
                if (claims.containsKey(partition)) {
                    lost.add(partition);
                } else {
                    apply(owner.stopped(partition));
                }
            }
        }
    }

    private final class OpenClaim implements Claim {

        private final Map<PartitionId, Long> tokens;
        private boolean closed;

        OpenClaim(Map<PartitionId, Long> tokens) {
            this.tokens = Map.copyOf(tokens);
        }

        @Override
        public Map<PartitionId, Long> tokens() {
            return tokens;
        }

        @Override
        public void close() {
            synchronized (Registration.this) {
                if (!closed) {
                    closed = true;
                    release(tokens.keySet());
                }
            }
        }
    }
}
