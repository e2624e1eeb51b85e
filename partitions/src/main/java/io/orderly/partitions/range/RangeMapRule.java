package io.orderly.partitions.range;

import java.util.Set;
import java.util.TreeSet;

/** Which stored map may follow the one in force. */
public final class RangeMapRule {

    private RangeMapRule() {}

    /** What an instance does with a stored map. */
    public sealed interface Verdict {

        /** It is the one in force. */
        record InForce() implements Verdict {}

        /** It is the next one. */
        record Follow(RangeMap map) implements Verdict {}

        /** It is refused: the one in force stays, and an operator has to be told the reason. */
        record Refuse(String reason) implements Verdict {}
    }

    /**
     * Compares a stored map with the one in force.
     *
     * @param known the shards that exist
     */
    public static Verdict judge(RangeMap inForce, String storedText, Set<ShardId> known) {
        RangeMap stored;
        try {
            stored = RangeMapText.read(storedText);
        } catch (MalformedRangeMapException e) {
            return new Verdict.Refuse("it is malformed: " + e.getMessage());
        }
        if (stored.equals(inForce)) {
            return new Verdict.InForce();
        }
        if (stored.generation() < inForce.generation()) {
            return new Verdict.Refuse("its generation %d is lower than %d, that of the map in force"
                    .formatted(stored.generation(), inForce.generation()));
        }
        if (stored.generation() == inForce.generation()) {
            return new Verdict.Refuse(
                    "it has the generation %d of the map in force, but other ranges".formatted(stored.generation()));
        }
        Set<ShardId> unknown = new TreeSet<>(stored.shards());
        unknown.removeAll(known);
        return unknown.isEmpty()
                ? new Verdict.Follow(stored)
                : new Verdict.Refuse("there are no shards with the numbers " + unknown);
    }
}
