package io.orderly.console.stream;

import io.orderly.console.order.OrderSummary;
import io.orderly.console.system.SystemView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What happened in a stretch of time, for a page.
 *
 * @param position how many events there were until the end of the stretch; the next frame continues here
 * @param skipped how many events the frame leaves out
 * @param reset whether the page has to forget what it knew: the frame is complete, and not a change
 * @param orders the orders that changed, as they are at the end, by their ids
 * @param flows how many messages went from one service to another, as {@code ORDER>PAYMENT}
 * @param system its last state; null if it did not change
 */
public record Frame(
        long position,
        long skipped,
        boolean reset,
        Map<String, OrderSummary> orders,
        Map<String, Integer> flows,
        @Nullable SystemView system) {

    /** More orders in one frame are left out. */
    static final int MAX_ORDERS = 200;

    /** A frame with everything that a page has to know. */
    static Frame snapshot(long position, long skipped, List<OrderSummary> orders, @Nullable SystemView system) {
        Map<String, OrderSummary> byId = new LinkedHashMap<>();
        orders.forEach(order -> byId.put(order.id(), order));
        return new Frame(position, skipped, true, byId, Map.of(), system);
    }

    /** This frame and the next one as one. */
    Frame then(Frame later) {
        Map<String, OrderSummary> changed = new LinkedHashMap<>(orders);
        long left = 0;
        for (Map.Entry<String, OrderSummary> order : later.orders.entrySet()) {
            if (changed.size() < MAX_ORDERS || changed.containsKey(order.getKey())) {
                changed.put(order.getKey(), order.getValue());
            } else {
                left++;
            }
        }
        Map<String, Integer> sums = new LinkedHashMap<>(flows);
        later.flows.forEach((edge, count) -> sums.merge(edge, count, Integer::sum));
        return new Frame(
                later.position,
                skipped + later.skipped + left,
                reset,
                changed,
                sums,
                later.system == null ? system : later.system);
    }
}
