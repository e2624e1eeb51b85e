package io.orderly.console.faults;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The faults of the system.
 *
 * @param active the oldest first. While what injects them does not answer, those that it has last named
 * @param ended the last ones, the newest first
 */
public record FaultsView(Control control, List<FaultState> active, List<FaultState> ended) {

    /** The system was started without fault injection. */
    public static final FaultsView OFF = new FaultsView(Control.OFF, List.of(), List.of());

    /** Whether faults can be injected. */
    public enum Control {
        /** The system was started without fault injection. */
        OFF,
        ON,
        /** What injects faults does not answer. */
        AWAY
    }

    /**
     * @param kind such as {@code cut}
     * @param target the process, link or service
     * @param detail its other fields, for humans; may be empty
     * @param untilMillis when it ends; null if it lasts until it is ended
     * @param endedMillis when it was first seen to have ended; null while it is active
     * @param seen what shows its effect
     */
    public record FaultState(
            String id,
            String kind,
            String target,
            String detail,
            long sinceMillis,
            @Nullable Long untilMillis,
            @Nullable Long endedMillis,
            boolean tookEffect,
            String seen) {

        FaultState ended(long nowMillis) {
            return new FaultState(id, kind, target, detail, sinceMillis, untilMillis, nowMillis, tookEffect, seen);
        }

        /** Another fault may get the same id later. */
        boolean isSame(FaultState other) {
            return id.equals(other.id) && sinceMillis == other.sinceMillis;
        }
    }
}
