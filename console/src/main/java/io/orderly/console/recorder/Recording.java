package io.orderly.console.recorder;

import io.orderly.console.faults.FaultsView;
import io.orderly.console.faults.FaultsView.FaultState;
import io.orderly.console.order.OrderTrack;
import io.orderly.console.order.OrderTrack.Change;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the console knows of the last minutes.
 *
 * @param fromMillis the beginning: ten minutes ago, or the first message if that is later
 * @param toMillis the end
 * @param forgotten how many orders the console has forgotten since its start; if there are some, others may be missing from the recording
 * @param orders those that are kept. A change with a time after the end is moved to the end
 * @param faults that were on in this time, the oldest first
 */
public record Recording(
        long fromMillis, long toMillis, long forgotten, List<OrderTrack> orders, List<FaultState> faults) {

    static final Duration LENGTH = Duration.ofMinutes(10);

    /** What is known at a time. */
    public static Recording of(List<OrderTrack> orders, FaultsView faults, long forgotten, long nowMillis) {
        long earliest = nowMillis - LENGTH.toMillis();
        long first = orders.stream()
                .mapToLong(order -> order.changes().getFirst().atMillis())
                .min()
                .orElse(earliest);
        long from = Math.clamp(first, earliest, nowMillis);
        return new Recording(
                from,
                nowMillis,
                forgotten,
                orders.stream().map(order -> until(order, nowMillis)).toList(),
                Stream.concat(faults.ended().reversed().stream(), faults.active().stream())
                        .filter(fault -> overlaps(fault, from, nowMillis))
                        .toList());
    }

    private static OrderTrack until(OrderTrack order, long nowMillis) {
        return new OrderTrack(
                order.id(),
                order.customer(),
                order.total(),
                order.changes().stream()
                        .map(change -> change.atMillis() <= nowMillis
                                ? change
                                : new Change(
                                        nowMillis,
                                        change.type(),
                                        change.flow(),
                                        change.status(),
                                        change.compensating(),
                                        change.reason()))
                        .toList());
    }

    /** Whether a fault was on in a stretch of time. */
    static boolean overlaps(FaultState fault, long fromMillis, long toMillis) {
        Long ended = fault.endedMillis();
        return fault.sinceMillis() <= toMillis && (ended == null || ended >= fromMillis);
    }
}
