package io.orderly.partitions.simulation;

import io.orderly.partitions.MemberId;
import io.orderly.partitions.PartitionMap;
import io.orderly.partitions.PartitionMapText;
import io.orderly.partitions.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A model of the coordinator: the map, the registrations with their leases, and the election, all by one revision. */
final class ModelStore {

    static final long TTL_MILLIS = 3_000;

    private static final class Registration {
        final long revision;
        long acknowledged;
        long endsAtMillis;

        Registration(long revision, long nowMillis) {
            this.revision = revision;
            endsAtMillis = nowMillis + TTL_MILLIS;
        }
    }

    private final Map<MemberId, Registration> registrations = new HashMap<>();
    private final List<Map<MemberId, Long>> earlierMembers = new ArrayList<>();
    private long revision;
    private @Nullable String mapText;
    private long mapRevision;

    void register(MemberId member, long nowMillis) {
        registrations.put(member, new Registration(++revision, nowMillis));
    }

    /** @return false if the lease has ended */
    boolean renew(MemberId member, long nowMillis) {
        Registration registration = registrations.get(member);
        if (registration == null) {
            return false;
        }
        registration.endsAtMillis = nowMillis + TTL_MILLIS;
        return true;
    }

    void expire(long nowMillis) {
        if (registrations.values().removeIf(registration -> registration.endsAtMillis <= nowMillis)) {
            revision++;
        }
        earlierMembers.add(acknowledged());
    }

    void acknowledge(MemberId member, long generation) {
        Registration registration = registrations.get(member);
        if (registration != null && registration.acknowledged < generation) {
            registration.acknowledged = generation;
            revision++;
        }
    }

    /** @return whether the map was stored */
    boolean replaceMap(long expectedMapRevision, PartitionMap map) {
        if (mapRevision != expectedMapRevision) {
            return false;
        }
        mapRevision = ++revision;
        mapText = PartitionMapText.write(map);
        return true;
    }

    /** The token of the member in the election if it is the first of the candidates; otherwise 0. */
    long leaderToken(MemberId member) {
        Registration own = registrations.get(member);
        return own != null && registrations.values().stream().allMatch(other -> other.revision >= own.revision)
                ? own.revision
                : 0;
    }

    Snapshot snapshot() {
        return new Snapshot(revision, mapRevision, mapText, acknowledged());
    }

    /** What a member would read that reads the members first, and the map some time later. */
    Snapshot snapshotWithEarlierMembers(int steps) {
        int at = Math.max(0, earlierMembers.size() - 1 - steps);
        return new Snapshot(
                revision, mapRevision, mapText, earlierMembers.isEmpty() ? Map.of() : earlierMembers.get(at));
    }

    /** What a leader would read if each member had acknowledged all that there can be. */
    Snapshot snapshotWithoutAcknowledgements() {
        Map<MemberId, Long> all = new HashMap<>();
        registrations.keySet().forEach(member -> all.put(member, Long.MAX_VALUE));
        return new Snapshot(revision, mapRevision, mapText, all);
    }

    private Map<MemberId, Long> acknowledged() {
        Map<MemberId, Long> acknowledged = new HashMap<>();
        registrations.forEach((member, registration) -> acknowledged.put(member, registration.acknowledged));
        return Map.copyOf(acknowledged);
    }
}
