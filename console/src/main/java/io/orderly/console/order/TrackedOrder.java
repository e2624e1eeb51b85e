package io.orderly.console.order;

import io.orderly.console.order.Message.Kind;
import io.orderly.console.order.Message.Outcome;
import io.orderly.console.order.OrderTrack.Change;
import io.orderly.console.order.OrderView.MessageView;
import io.orderly.contracts.Command;
import io.orderly.contracts.OrderLine;
import io.orderly.contracts.SagaStep;
import io.orderly.contracts.event.OrderCancelled;
import io.orderly.contracts.event.OrderConfirmed;
import io.orderly.contracts.event.OrderEvent;
import io.orderly.contracts.event.OrderPlaced;
import io.orderly.contracts.event.OrderRejected;
import io.orderly.contracts.event.ShipmentScheduled;
import io.orderly.contracts.reply.ChargeCaptured;
import io.orderly.contracts.reply.ShipmentBooked;
import io.orderly.contracts.reply.StockCommitted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The messages of one order. */
final class TrackedOrder {

    static final int MAX_MESSAGES = 100;

    /** Further copies are counted as this many. */
    static final int MAX_COPIES = 20;

    private static final int INSTANT_LENGTH = "2026-11-23T04:30:00.123Z".length();

    /** Kafka keeps the order of a key only within a topic, so messages of an order arrive in any order. */
    private static final Comparator<Tracked> BY_TIME = Comparator.comparing(
                    (Tracked tracked) -> tracked.message.hybrid())
            .thenComparing(
                    tracked -> Optional.ofNullable(tracked.message.lamport()).orElse(Long.MAX_VALUE))
            .thenComparingInt(tracked -> tracked.number);

    private final String id;
    private final Map<String, Tracked> messages = new LinkedHashMap<>();
    private int dropped;
    private int retainedBytes;

    TrackedOrder(String id) {
        this.id = id;
    }

    /** A message with the positions of its copies. */
    private static final class Tracked {

        private final int number;
        private final Message message;
        private final Set<String> positions = new HashSet<>();

        Tracked(int number, Message message) {
            this.number = number;
            this.message = message;
        }
    }

    int retainedBytes() {
        return retainedBytes;
    }

    /** @return whether it is new; a record that is read again is not */
    boolean add(Message message) {
        Tracked tracked = messages.get(message.identity());
        if (tracked == null) {
            if (messages.size() >= MAX_MESSAGES) {
                dropped++;
                return true;
            }
            tracked = new Tracked(messages.size() + 1, message);
            messages.put(message.identity(), tracked);
            retainedBytes += message.retainedBytes();
        }
        return tracked.positions.size() < MAX_COPIES && tracked.positions.add(message.position());
    }

    OrderSummary summary() {
        return summary(sorted());
    }

    private OrderSummary summary(List<Tracked> sorted) {
        OrderTrack track = track(sorted);
        Change last = track.changes().getLast();
        return new OrderSummary(
                id,
                last.status(),
                track.customer(),
                track.total(),
                last.compensating(),
                last.reason(),
                track.changes().getFirst().atMillis(),
                last.atMillis(),
                sorted.size());
    }

    OrderTrack track() {
        return track(sorted());
    }

    private OrderTrack track(List<Tracked> sorted) {
        List<Change> changes = new ArrayList<>();
        OrderStatus status = OrderStatus.UNKNOWN;
        OrderPlaced placed = null;
        boolean compensating = false;
        String reason = null;
        for (Tracked tracked : sorted) {
            Message message = tracked.message;
            if (message.content() instanceof OrderEvent event) {
                OrderStatus after = status.after(event);
                if (after != status) {
                    reason = message.reason();
                }
                status = after;
            }
            if (message.content() instanceof OrderPlaced first) {
                placed = first;
            }
            compensating |= message.isCompensation();
            changes.add(new Change(millis(message), message.type(), message.flow(), status, compensating, reason));
        }
        return new OrderTrack(
                id,
                placed == null ? null : placed.customerId().value(),
                placed == null ? null : placed.total().toString(),
                changes);
    }

    OrderFacts facts() {
        Set<OrderStatus> ends = EnumSet.noneOf(OrderStatus.class);
        Set<String> payments = new HashSet<>();
        Set<String> shipments = new HashSet<>();
        boolean committing = false;
        boolean committed = false;
        boolean compensating = false;
        for (Tracked tracked : messages.values()) {
            switch (tracked.message.content()) {
                case OrderConfirmed _ -> ends.add(OrderStatus.CONFIRMED);
                case OrderRejected _ -> ends.add(OrderStatus.REJECTED);
                case OrderCancelled _ -> ends.add(OrderStatus.CANCELLED);
                case ChargeCaptured captured -> payments.add(captured.paymentId());
                case ShipmentBooked booked -> shipments.add(booked.shipmentId());
                case StockCommitted _ -> committed = true;
                case Command command -> {
                    committing |= command.step() == SagaStep.COMMIT_RESERVATION;
                    compensating |= command.step().isCompensation();
                }
                case null, default -> {}
            }
        }
        return new OrderFacts(id, ends, payments, shipments, committing, committed, compensating);
    }

    OrderView view() {
        List<Tracked> sorted = sorted();
        OrderSummary summary = summary(sorted);
        boolean turnedBack = summary.status() == OrderStatus.REJECTED || summary.status() == OrderStatus.CANCELLED;
        Map<SagaStep, Integer> attempts = new EnumMap<>(SagaStep.class);
        List<MessageView> views = new ArrayList<>();
        boolean pivoted = turnedBack;
        Message lastRefusal = null;
        for (Tracked tracked : sorted) {
            Message message = tracked.message;
            boolean pivot = !pivoted && message.content() instanceof ShipmentScheduled;
            pivoted |= pivot;
            if (!message.isCompensation() && isRefusal(message)) {
                lastRefusal = message;
            }
            views.add(view(tracked, pivot, attempt(message, attempts), causeOf(message, lastRefusal)));
        }
        return new OrderView(summary, lines(), detail(sorted), dropped, List.copyOf(views));
    }

    private static int attempt(Message message, Map<SagaStep, Integer> attempts) {
        SagaStep step = message.step();
        return message.kind() == Kind.COMMAND && step != null ? attempts.merge(step, 1, Integer::sum) : 1;
    }

    private static boolean isRefusal(Message message) {
        return message.outcome() == Outcome.DECLINED || message.outcome() == Outcome.REFUSED;
    }

    /**
     * What the saga turned back for: the reply that caused the compensation, or else the reason with which the order ended, as after a deadline or a
     * cancellation, which no message announces.
     */
    private @Nullable String causeOf(Message message, @Nullable Message lastRefusal) {
        if (message.kind() != Kind.COMMAND || !message.isCompensation()) {
            return null;
        }
        return messages.values().stream()
                .map(tracked -> tracked.message)
                .filter(other ->
                        isRefusal(other) && other.id() != null && other.id().equals(message.causationId()))
                .findFirst()
                .or(() -> Optional.ofNullable(lastRefusal))
                .or(this::end)
                .map(cause -> cause.reason() + ": " + cause.detail())
                .orElse(null);
    }

    private Optional<Message> end() {
        return messages.values().stream()
                .map(tracked -> tracked.message)
                .filter(message ->
                        message.content() instanceof OrderRejected || message.content() instanceof OrderCancelled)
                .findFirst();
    }

    private static @Nullable String detail(List<Tracked> sorted) {
        return sorted.reversed().stream()
                .map(tracked -> tracked.message)
                .filter(message -> message.kind() == Kind.EVENT && message.detail() != null)
                .map(Message::detail)
                .findFirst()
                .orElse(null);
    }

    private List<OrderLine> lines() {
        return messages.values().stream()
                .map(tracked -> tracked.message.content() instanceof OrderPlaced placed ? placed.lines() : null)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(List.of());
    }

    private List<Tracked> sorted() {
        return messages.values().stream().sorted(BY_TIME).toList();
    }

    private static long millis(Message message) {
        return Instant.parse(message.hybrid().substring(0, INSTANT_LENGTH)).toEpochMilli();
    }

    private static MessageView view(Tracked tracked, boolean pivot, int attempt, @Nullable String cause) {
        Message message = tracked.message;
        return new MessageView(
                tracked.number,
                message.kind(),
                message.type(),
                message.from(),
                message.to(),
                message.step(),
                message.isCompensation(),
                pivot,
                message.outcome(),
                attempt,
                tracked.positions.size(),
                cause,
                message.reason(),
                message.detail(),
                message.problem(),
                message.wallMillis(),
                message.lamport(),
                message.hybrid(),
                message.position(),
                message.key(),
                message.headers(),
                message.body(),
                message.bodyBytes());
    }
}
