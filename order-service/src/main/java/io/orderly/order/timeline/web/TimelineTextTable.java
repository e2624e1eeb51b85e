package io.orderly.order.timeline.web;

import io.orderly.contracts.Printable;
import io.orderly.order.process.SagaInstance;
import io.orderly.order.saga.Cause;
import io.orderly.order.saga.SagaState.Compensated;
import io.orderly.order.saga.SagaState.Parked;
import io.orderly.order.timeline.TimelineEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Formats an order and its timeline as a text table for humans: the status and the elapsed time, and a line for each entry,
 * including entries after the end of the saga.
 */
final class TimelineTextTable {

    private static final int LONGEST_DETAIL = 300;
    private static final String TITLE = "%11s  %8s  %s  step";
    private static final String LINE = "%8d ms  %8d  %s  %-18s  %s";

    private TimelineTextTable() {}

    /** @param recorded the first entries of the timeline; if there are more, the last line gives their number */
    static String of(SagaInstance saga, EntryOrder order, List<TimelineEntry> recorded) {
        Instant placed = recorded.isEmpty()
                ? saga.order().placedAt()
                : recorded.getFirst().at();
        List<TimelineEntry> entries = order.sort(recorded);
        Instant last = recorded.stream()
                .filter(entry -> entry.kind().isEnd())
                .findFirst()
                .or(() -> recorded.reversed().stream().findFirst())
                .map(TimelineEntry::at)
                .orElse(placed);
        var text = new StringBuilder();
        text.append("order %s is %s after %d ms\n"
                .formatted(
                        saga.id(),
                        saga.order().status(),
                        Duration.between(placed, last).toMillis()));
        text.append("  total   ").append(saga.order().total()).append('\n');
        switch (saga.state()) {
            case Compensated compensated ->
                text.append("  cause   ").append(sentence(compensated.cause())).append('\n');
            case Parked parked ->
                text.append("  parked  ")
                        .append(sentence(new Cause(parked.reason().name(), parked.detail())))
                        .append('\n');
            default -> {} // the status is sufficient
        }
        if (order != EntryOrder.RECORDED) {
            text.append("  sorted by %s time; replies before their commands: %d\n"
                    .formatted(order, EntryOrder.effectsBeforeCauses(entries)));
        }
        String kinds = "%-"
                + entries.stream()
                        .mapToInt(entry -> entry.kind().name().length())
                        .reduce(9, Math::max) + "s";
        text.append(TITLE.formatted("since", "Lamport", kinds.formatted("what")))
                .append('\n');
        for (TimelineEntry entry : entries) {
            text.append(LINE.formatted(
                                    Duration.between(placed, entry.at()).toMillis(),
                                    entry.lamportTime(),
                                    kinds.formatted(entry.kind()),
                                    entry.step() == null ? "" : entry.step(),
                                    what(entry.message(), entry.cause()))
                            .stripTrailing())
                    .append('\n');
        }
        if (saga.timelineSize() > entries.size()) {
            text.append("  and %d more\n".formatted(saga.timelineSize() - entries.size()));
        }
        return text.toString();
    }

    /** The message that was sent or received, and the cause. */
    private static String what(@Nullable String message, @Nullable Cause cause) {
        return Stream.of(message == null ? "" : message, cause == null ? "" : sentence(cause))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("  "));
    }

    private static String sentence(Cause cause) {
        return Printable.of(cause.reason() + ": " + cause.detail(), LONGEST_DETAIL);
    }
}
