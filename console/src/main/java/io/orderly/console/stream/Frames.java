package io.orderly.console.stream;

import io.orderly.console.order.OrderSummary;
import io.orderly.console.system.SystemView;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Collects events into frames, and keeps the last frames for pages that resume. A page that is too far behind gets the present state instead. Each
 * page asks when it likes: events do not wait for pages. Not thread-safe.
 */
final class Frames {

    static final int MAX_FRAMES = 300;

    private final Sampling sampling;
    private final Supplier<List<OrderSummary>> newestOrders;
    private final ArrayDeque<Frame> kept = new ArrayDeque<>();
    private Map<String, OrderSummary> orders = new LinkedHashMap<>();
    private Map<String, Integer> flows = new LinkedHashMap<>();
    private @Nullable SystemView changedSystem;
    private @Nullable SystemView system;
    private long position;
    private long skipped;

    /** The position before the first frame that is kept. */
    private long floor;

    /**
     * @param maxOrdersPerSecond of more new orders, the first ones are in the frames
     * @param newestOrders the orders of a snapshot
     */
    Frames(int maxOrdersPerSecond, Supplier<List<OrderSummary>> newestOrders) {
        this.sampling = new Sampling(maxOrdersPerSecond);
        this.newestOrders = newestOrders;
    }

    /** @param flow from which service to which the message went */
    void changed(OrderSummary order, String flow, long nowNanos) {
        position++;
        flows.merge(flow, 1, Integer::sum);
        if (sampling.includes(order.id(), nowNanos)
                && (orders.size() < Frame.MAX_ORDERS || orders.containsKey(order.id()))) {
            orders.put(order.id(), order);
        } else {
            skipped++;
        }
    }

    void changed(SystemView now) {
        if (!Objects.equals(now, system)) {
            position++;
            system = now;
            changedSystem = now;
        }
    }

    /**
     * Ends a frame.
     *
     * @return whether there is one, because something happened
     */
    boolean cut() {
        if (orders.isEmpty() && flows.isEmpty() && changedSystem == null) {
            return false;
        }
        kept.addLast(new Frame(position, skipped, false, orders, flows, changedSystem));
        if (kept.size() > MAX_FRAMES) {
            floor = kept.removeFirst().position();
        }
        orders = new LinkedHashMap<>();
        flows = new LinkedHashMap<>();
        changedSystem = null;
        skipped = 0;
        return true;
    }

    /** What a page needs that knows nothing. */
    Frame snapshot() {
        return Frame.snapshot(end(), 0, newestOrders.get(), system);
    }

    /**
     * What happened after a position, in one frame.
     *
     * @param after the position of the last frame that the page has got
     * @return empty if nothing happened
     */
    Optional<Frame> next(long after) {
        if (after < floor || after > position) {
            return Optional.of(Frame.snapshot(end(), Math.max(floor - after, 0), newestOrders.get(), system));
        }
        return kept.stream().filter(frame -> frame.position() > after).reduce(Frame::then);
    }

    private long end() {
        return kept.isEmpty() ? floor : kept.getLast().position();
    }
}
