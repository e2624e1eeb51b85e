package io.orderly.console.recorder;

import static io.orderly.console.recorder.Html.element;
import static io.orderly.console.recorder.Html.text;

import io.orderly.console.faults.FaultsView;
import io.orderly.console.faults.FaultsView.FaultState;
import io.orderly.console.order.OrderSummary;
import io.orderly.console.order.OrderTrack;
import io.orderly.console.order.OrderTrack.Change;
import io.orderly.console.order.OrderView;
import io.orderly.console.order.OrderView.MessageView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes what happened as one file of HTML each, which is readable without the console, a network or scripts. */
public final class Documents {

    /** More messages are left out of the document of a stretch of time, which says so. */
    static final int MAX_MESSAGES = 20_000;

    private Documents() {}

    /** An order with all its messages, and the faults from the first of them until its end. */
    public static String of(OrderView order, FaultsView faults) {
        OrderSummary summary = order.summary();
        long end = summary.status().isFinal() ? summary.lastMillis() : Long.MAX_VALUE;
        List<FaultState> disturbing = Stream.concat(faults.ended().reversed().stream(), faults.active().stream())
                .filter(fault -> Recording.overlaps(fault, summary.firstMillis(), end))
                .toList();
        return Html.document(
                "Order " + summary.id(),
                element("h1", "Order " + summary.id()),
                Html.table(
                        List.of("Status", "Customer", "Total", "Lines", "Reason"),
                        List.of(List.of(
                                text(status(summary.status().name(), summary.compensating())),
                                text(summary.customer()),
                                text(summary.total()),
                                text(order.lines().stream()
                                        .map(line -> line.quantity() + " × " + line.sku())
                                        .collect(Collectors.joining(", "))),
                                text(reason(summary.reason(), order.detail()))))),
                element("h2", "Messages, by hybrid time"),
                order.dropped() > 0 ? element("p", order.dropped() + " further messages were not kept.") : text(""),
                Html.table(
                        List.of("At", "Message", "From, to", "What it says", "Content"),
                        order.messages().stream().map(Documents::row).toList()),
                faults(disturbing));
    }

    private static List<Html> row(MessageView message) {
        String said = Stream.of(
                        message.attempt() > 1 ? "attempt " + message.attempt() : null,
                        message.copies() > 1 ? "read " + message.copies() + " times" : null,
                        message.outcome() == null ? null : message.outcome().name(),
                        message.reason(),
                        message.detail(),
                        message.cause() == null ? null : "turned back: " + message.cause(),
                        message.pivot() ? "pivot" : null,
                        message.problem())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" · "));
        return List.of(
                text(message.hybrid()),
                text("%s (%s)".formatted(message.type(), message.kind())),
                text(message.from() + " → " + message.to()),
                text(said),
                element(
                        "details",
                        element("summary", message.position()),
                        element(
                                "pre",
                                message.headers().stream()
                                        .map(header -> header.name() + ": " + header.value())
                                        .collect(Collectors.joining("\n"))),
                        element("pre", message.body()),
                        element("p", message.bodyBytes() + " bytes")));
    }

    /**
     * What happened in a stretch of time, without the bodies of messages.
     *
     * @param fromMillis included, as is the end
     */
    public static String of(Recording recording, long fromMillis, long toMillis) {
        List<List<Html>> orders = new ArrayList<>();
        List<Sent> messages = new ArrayList<>();
        for (OrderTrack order : recording.orders()) {
            List<Change> within = order.changes().stream()
                    .filter(change -> change.atMillis() >= fromMillis && change.atMillis() <= toMillis)
                    .toList();
            if (!within.isEmpty()) {
                Change last = within.getLast();
                orders.add(List.of(
                        text(order.id()),
                        text(status(last.status().name(), last.compensating())),
                        text(order.customer()),
                        text(order.total()),
                        text(reason(last.reason(), null))));
                within.forEach(change -> messages.add(new Sent(order.id(), change)));
            }
        }
        messages.sort(Comparator.comparingLong(sent -> sent.change().atMillis()));
        int left = Math.max(messages.size() - MAX_MESSAGES, 0);
        String title = "From %s to %s".formatted(time(fromMillis), time(toMillis));
        return Html.document(
                title,
                element("h1", title),
                element(
                        "p",
                        "Orders: %d. Messages: %d. Older orders that the console had forgotten: %d."
                                .formatted(orders.size(), messages.size(), recording.forgotten())),
                faults(recording.faults().stream()
                        .filter(fault -> Recording.overlaps(fault, fromMillis, toMillis))
                        .toList()),
                element("h2", "Orders, as they were at the end"),
                Html.table(List.of("Order", "Status", "Customer", "Total", "Reason"), orders),
                element("h2", "Messages, by hybrid time"),
                left > 0 ? element("p", left + " later messages are left out.") : text(""),
                Html.table(
                        List.of("At", "Order", "Message", "From, to"),
                        messages.stream()
                                .limit(MAX_MESSAGES)
                                .map(sent -> List.of(
                                        text(time(sent.change().atMillis())),
                                        text(sent.order()),
                                        text(sent.change().type()),
                                        text(sent.change().flow().replace(">", " → "))))
                                .toList()));
    }

    private record Sent(String order, Change change) {}

    private static Html faults(List<FaultState> faults) {
        return Html.all(List.of(
                element("h2", "Faults"),
                faults.isEmpty()
                        ? element("p", "There was none.")
                        : Html.table(
                                List.of("Fault", "Since", "Ended"),
                                faults.stream()
                                        .map(fault -> List.of(
                                                text("%s %s %s"
                                                        .formatted(fault.kind(), fault.target(), fault.detail())),
                                                text(time(fault.sinceMillis())),
                                                text(
                                                        fault.endedMillis() == null
                                                                ? "still on"
                                                                : time(fault.endedMillis()))))
                                        .toList())));
    }

    private static String status(String status, boolean compensating) {
        return compensating && status.equals("PENDING") ? "PENDING, compensating" : status;
    }

    private static @Nullable String reason(@Nullable String reason, @Nullable String detail) {
        return reason == null || detail == null ? reason : reason + ": " + detail;
    }

    /** In UTC, since the reader of a file may be anywhere. */
    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
