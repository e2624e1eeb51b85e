package io.orderly.console.order;

import io.orderly.console.order.Message.Kind;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.inventory.ProductChanged;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The orders of the messages that were added, and the products that can be ordered, in bounded memory: the orders that no message or reader has
 * asked for longest are forgotten. Not thread-safe.
 */
public final class Orders {

    private static final int MAX_STRAYS = 50;
    private static final int MAX_PRODUCTS = 200;

    private final int maxOrders;
    private final long maxBytes;

    /** The least recently used first. */
    private final LinkedHashMap<String, TrackedOrder> orders = new LinkedHashMap<>(16, 0.75f, true);

    private final ArrayDeque<Message> strays = new ArrayDeque<>();
    private final Map<String, ProductChanged> products = new TreeMap<>();
    private long retainedBytes;
    private long forgotten;

    /**
     * @param maxOrders how many orders are kept, at least 1
     * @param maxBytes about how much memory their messages may occupy. The newest order is kept in any case
     */
    public Orders(int maxOrders, long maxBytes) {
        this.maxOrders = maxOrders;
        this.maxBytes = maxBytes;
    }

    /** @return the order after the message; empty if the message changed no order */
    public Optional<OrderSummary> add(Message message) {
        if (message.content() instanceof ProductChanged product) {
            keep(product);
            return Optional.empty();
        }
        if (message.kind() == Kind.PRODUCT || !isOrder(message.key())) {
            strays.addLast(message);
            if (strays.size() > MAX_STRAYS) {
                strays.removeFirst();
            }
            return Optional.empty();
        }
        TrackedOrder order = orders.computeIfAbsent(String.valueOf(message.key()), TrackedOrder::new);
        int before = order.retainedBytes();
        boolean changed = order.add(message);
        retainedBytes += order.retainedBytes() - before;
        forgetOldest();
        return changed ? Optional.of(order.summary()) : Optional.empty();
    }

    private void keep(ProductChanged product) {
        if (products.size() < MAX_PRODUCTS || products.containsKey(product.key())) {
            products.merge(product.key(), product, (a, b) -> a.version() > b.version() ? a : b);
        }
    }

    private void forgetOldest() {
        Iterator<TrackedOrder> oldest = orders.values().iterator();
        while (orders.size() > maxOrders || retainedBytes > maxBytes && orders.size() > 1) {
            retainedBytes -= oldest.next().retainedBytes();
            oldest.remove();
            forgotten++;
        }
    }

    /** An order with its messages; empty if it is not known, or was forgotten. */
    public Optional<OrderView> order(String id) {
        return Optional.ofNullable(orders.get(id)).map(TrackedOrder::view);
    }

    /** How each order came to its state. */
    public List<OrderTrack> tracks() {
        return orders.values().stream().map(TrackedOrder::track).toList();
    }

    /** What the messages of each order say that cannot contradict each other. */
    public List<OrderFacts> facts() {
        return orders.values().stream().map(TrackedOrder::facts).toList();
    }

    /** The newest orders, by their ids, which sort by time. */
    public List<OrderSummary> newest(int limit) {
        return orders.entrySet().stream()
                .sorted(Map.Entry.<String, TrackedOrder>comparingByKey(Comparator.reverseOrder()))
                .limit(limit)
                .map(entry -> entry.getValue().summary())
                .toList();
    }

    /** The last messages that belong to no order, such as those with a missing or malformed key; the newest first. */
    public List<StrayView> strays() {
        return strays.reversed().stream().map(StrayView::of).toList();
    }

    /** The products, by SKU. */
    public List<ProductChanged> products() {
        return List.copyOf(products.values());
    }

    /** How many orders were forgotten. */
    public long forgotten() {
        return forgotten;
    }

    private static boolean isOrder(@Nullable String key) {
        try {
            return key != null && OrderId.of(key).toString().equals(key);
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }
}
