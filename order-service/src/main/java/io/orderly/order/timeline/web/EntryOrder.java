package io.orderly.order.timeline.web;

import io.orderly.contracts.SagaStep;
import io.orderly.order.timeline.TimelineEntry;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What the entries of a timeline are sorted by. Wall clock times come from several machines: if their clocks differ, a reply can be
 * older than the command that it answers. Lamport and hybrid timestamps of an effect are always above those of its cause (Lamport,
 * "Time, Clocks, and the Ordering of Events in a Distributed System"; Kulkarni et al., "Logical Physical Clocks").
 */
enum EntryOrder {
    /** By number: the order in which the order-service recorded the entries. */
    RECORDED(Comparator.comparingInt(TimelineEntry::seq)),
    /** By the wall clock of the sender of each message. */
    WALL(Comparator.comparing(TimelineEntry::at).thenComparingInt(TimelineEntry::seq)),
    LAMPORT(Comparator.comparingLong(TimelineEntry::lamportTime).thenComparingInt(TimelineEntry::seq)),
    HYBRID(Comparator.comparing(TimelineEntry::hybridTime).thenComparingInt(TimelineEntry::seq));

    private static final Set<TimelineEntry.Kind> EFFECTS =
            EnumSet.of(TimelineEntry.Kind.REPLY, TimelineEntry.Kind.IGNORED);

    private final Comparator<TimelineEntry> comparator;

    EntryOrder(Comparator<TimelineEntry> comparator) {
        this.comparator = comparator;
    }

    List<TimelineEntry> sort(List<TimelineEntry> entries) {
        return entries.stream().sorted(comparator).toList();
    }

    /** The number of replies that stand before the first command of their step, in a complete timeline. */
    static int effectsBeforeCauses(List<TimelineEntry> entries) {
        Set<SagaStep> commanded = EnumSet.noneOf(SagaStep.class);
        int violations = 0;
        for (TimelineEntry entry : entries) {
            if (entry.step() == null) {
                continue;
            }
            if (entry.kind() == TimelineEntry.Kind.COMMAND) {
                commanded.add(entry.step());
            } else if (EFFECTS.contains(entry.kind()) && !commanded.contains(entry.step())) {
                violations++;
            }
        }
        return violations;
    }

    /** Such as {@code wall}, as in requests. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
