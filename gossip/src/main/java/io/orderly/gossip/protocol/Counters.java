package io.orderly.gossip.protocol;

import java.util.EnumMap;
import java.util.Map;

/** Counts what a member did and refused since it was created. */
public final class Counters {

    /** What is counted, besides refusals. */
    public enum Event {
        /** Probes that ended: answered, or not. */
        PROBES,
        /** Probes without an answer, direct or indirect. */
        FAILED_PROBES,
        /** Members that became suspected here, by an own probe or a claim. */
        SUSPICIONS,
        /** Suspicions that timed out here. */
        DEATHS,
        /** Claims about this member that it refuted. */
        REFUTATIONS,
        /** Living processes with the id of this one that were met. */
        DUPLICATE_IDS
    }

    private final Map<Event, Long> events = new EnumMap<>(Event.class);
    private final Map<Refusal, Long> refusals = new EnumMap<>(Refusal.class);

    void count(Event event) {
        events.merge(event, 1L, Long::sum);
    }

    void count(Refusal refusal) {
        refusals.merge(refusal, 1L, Long::sum);
    }

    public long get(Event event) {
        return events.getOrDefault(event, 0L);
    }

    public long get(Refusal refusal) {
        return refusals.getOrDefault(refusal, 0L);
    }

    /** A copy that does not change. */
    public Counters copy() {
        var copy = new Counters();
        copy.events.putAll(events);
        copy.refusals.putAll(refusals);
        return copy;
    }
}
