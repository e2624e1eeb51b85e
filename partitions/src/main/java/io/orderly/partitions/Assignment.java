package io.orderly.partitions;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides who should own which partition: the same input gives the same map on each machine.
 *
 * <p>Each member has a quota; quotas differ by at most one, and the higher ones belong to the members that own most. A member keeps what it
 * owns up to its quota, so the fewest possible partitions leave a live member. What it owns beyond its quota is leaving, and is owned by another in
 * a later map. Partitions without an owner are given to the members below their quota.
 */
public final class Assignment {

    private Assignment() {}

    /**
     * The next map.
     *
     * @param current null if there is none
     * @param live the members that are registered, each with the generation that it has acknowledged, or 0. Read at the revision of
     *     {@code current} or later: a member that is missing here is taken to be gone
     * @param leader the token of the leader that decides
     * @param generation of the next map
     * @return the ownerships are those of {@code current} if nothing has to change
     * @throws IllegalArgumentException if the generation is not above that of {@code current}
     */
    public static PartitionMap next(
            @Nullable PartitionMap current, Map<MemberId, Long> live, long leader, long generation) {
        if (current != null && generation <= current.generation()) {
            throw new IllegalArgumentException(
                    "generation %d does not follow %d".formatted(generation, current.generation()));
        }
        List<Ownership> ownerships = current == null ? unowned() : remaining(current, live);
        if (!live.isEmpty()) {
            Map<MemberId, Integer> quotas = quotas(ownerships, live);
            withdraw(ownerships, quotas, generation);
            give(ownerships, quotas, generation);
        }
        return new PartitionMap(generation, leader, ownerships);
    }

    private static List<Ownership> unowned() {
        Ownership[] none = new Ownership[PartitionId.COUNT];
        Arrays.fill(none, Ownership.UNOWNED);
        return new ArrayList<>(List.of(none));
    }

    private static List<Ownership> remaining(PartitionMap current, Map<MemberId, Long> live) {
        List<Ownership> remaining = new ArrayList<>();
        for (Ownership ownership : current.ownerships()) {
            remaining.add(isOver(ownership, live) ? Ownership.UNOWNED : ownership);
        }
        return remaining;
    }

    private static boolean isOver(Ownership ownership, Map<MemberId, Long> live) {
        return switch (ownership) {
            case Ownership.Unowned _ -> true;
            case Ownership.Owned(MemberId owner, long _) -> !live.containsKey(owner);
            case Ownership.Leaving(MemberId owner, long _, long since) -> {
                Long acknowledged = live.get(owner);
                yield acknowledged == null || acknowledged >= since;
            }
        };
    }

    private static Map<MemberId, Integer> quotas(List<Ownership> ownerships, Map<MemberId, Long> live) {
        Map<MemberId, Integer> owned = new TreeMap<>();
        live.keySet().forEach(member -> owned.put(member, 0));
        for (Ownership ownership : ownerships) {
            if (ownership instanceof Ownership.Owned(MemberId owner, long _)) {
                owned.merge(owner, 1, Integer::sum);
            }
        }
        List<MemberId> byLoad = owned.keySet().stream()
                .sorted(Comparator.<MemberId>comparingInt(owned::get)
                        .reversed()
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        Map<MemberId, Integer> quotas = new TreeMap<>();
        for (int i = 0; i < byLoad.size(); i++) {
            int extra = i < PartitionId.COUNT % byLoad.size() ? 1 : 0;
            quotas.put(byLoad.get(i), PartitionId.COUNT / byLoad.size() + extra);
        }
        return quotas;
    }

    /** Reduces the quotas by what their members own, and withdraws what they own beyond them. */
    private static void withdraw(List<Ownership> ownerships, Map<MemberId, Integer> quotas, long generation) {
        ownerships.replaceAll(ownership -> {
            if (!(ownership instanceof Ownership.Owned(MemberId owner, long token))) {
                return ownership;
            }
            int left = quotas.merge(owner, -1, Integer::sum);
            return left < 0 ? new Ownership.Leaving(owner, token, generation) : ownership;
        });
    }

    /** Gives what has no owner to the members with the greatest remaining quotas. */
    private static void give(List<Ownership> ownerships, Map<MemberId, Integer> quotas, long generation) {
        ownerships.replaceAll(ownership -> {
            if (!(ownership instanceof Ownership.Unowned)) {
                return ownership;
            }
            MemberId owner = quotas.keySet().stream()
                    .max(Comparator.<MemberId>comparingInt(quotas::get).thenComparing(Comparator.reverseOrder()))
                    .orElseThrow();
            quotas.merge(owner, -1, Integer::sum);
            return new Ownership.Owned(owner, generation);
        });
    }
}
