package io.orderly.coordinator.partitions;

import io.orderly.partitions.MalformedMapException;
import io.orderly.partitions.MemberId;
import io.orderly.partitions.Ownership;
import io.orderly.partitions.PartitionId;
import io.orderly.partitions.PartitionMap;
import io.orderly.partitions.PartitionMapText;
import io.orderly.partitions.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an instance knows of the partitions.
 *
 * @param instance the registration of this instance; null if it is not registered
 * @param leads whether this instance assigns the partitions
 * @param owned by this instance, with their tokens
 * @param generation of the stored map; 0 if there is none, or it is malformed
 * @param members the partitions that each registered instance or owner has in the map
 * @param leaving the partitions that their owners have to stop to work on
 * @param unowned the partitions without an owner
 */
record PartitionsView(
        @Nullable String instance,
        boolean leads,
        Map<Integer, Long> owned,
        long generation,
        Map<String, List<Integer>> members,
        List<Integer> leaving,
        List<Integer> unowned) {

    static PartitionsView of(@Nullable MemberId self, boolean leads, Map<PartitionId, Long> tokens, Snapshot snapshot) {
        Map<Integer, Long> owned = new TreeMap<>();
        tokens.forEach((partition, token) -> owned.put(partition.value(), token));
        Map<String, List<Integer>> members = new TreeMap<>();
        snapshot.acknowledged().keySet().forEach(member -> members.put(member.value(), new ArrayList<>()));
        List<Integer> leaving = new ArrayList<>();
        List<Integer> unowned = new ArrayList<>();
        PartitionMap map = map(snapshot);
        if (map != null) {
            for (PartitionId partition : PartitionId.all()) {
                switch (map.ownership(partition)) {
                    case Ownership.Owned(MemberId owner, long _) ->
                        members.computeIfAbsent(owner.value(), _ -> new ArrayList<>())
                                .add(partition.value());
                    case Ownership.Leaving _ -> leaving.add(partition.value());
                    case Ownership.Unowned _ -> unowned.add(partition.value());
                }
            }
        }
        return new PartitionsView(
                self == null ? null : self.value(),
                leads,
                owned,
                map == null ? 0 : map.generation(),
                members,
                leaving,
                unowned);
    }

    private static @Nullable PartitionMap map(Snapshot snapshot) {
        String text = snapshot.mapText();
        if (text == null) {
            return null;
        }
        try {
            return PartitionMapText.read(text);
        } catch (MalformedMapException _) {
            return null;
        }
    }
}
