package io.orderly.partitions;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the store contained at one revision: the map and the registered members, from one read. Two reads at different revisions are no
 * snapshot: a member that registered between them would be taken to be gone.
 *
 * @param revision of the store when it was read; increases with each write
 * @param mapRevision the revision that wrote the map; 0 if there is none
 * @param mapText null if there is no map
 * @param acknowledged the registered members, each with the generation that it has acknowledged, or 0
 */
public record Snapshot(
        long revision, long mapRevision, @Nullable String mapText, Map<MemberId, Long> acknowledged) {

    /** @throws IllegalArgumentException if the revisions contradict each other or the text */
    public Snapshot {
        acknowledged = Map.copyOf(acknowledged);
        if (mapRevision < 0 || mapRevision > revision || (mapRevision == 0) != (mapText == null)) {
            throw new IllegalArgumentException(
                    "a map of revision %d in a snapshot of revision %d".formatted(mapRevision, revision));
        }
    }
}
