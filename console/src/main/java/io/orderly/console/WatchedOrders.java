package io.orderly.console;

import io.orderly.console.order.Message;
import io.orderly.console.order.OrderFacts;
import io.orderly.console.order.OrderSummary;
import io.orderly.console.order.OrderTrack;
import io.orderly.console.order.OrderView;
import io.orderly.console.order.Orders;
import io.orderly.console.order.StrayView;
import io.orderly.console.order.TopicRecord;
import io.orderly.contracts.inventory.ProductChanged;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The orders, for the thread that reads topics and those that answer requests. */
class WatchedOrders {

    private final Orders orders;

    WatchedOrders(int maxOrders, long maxBytes) {
        this.orders = new Orders(maxOrders, maxBytes);
    }

    /** @param listener gets the order that the record changed, and from which service to which it went; called without the lock */
    void add(TopicRecord record, BiConsumer<OrderSummary, String> listener) {
        Message message = Message.of(record);
        Optional<OrderSummary> changed;
        synchronized (this) {
            changed = orders.add(message);
        }
        changed.ifPresent(order -> listener.accept(order, message.flow()));
    }

    synchronized List<OrderSummary> newest(int limit) {
        return orders.newest(limit);
    }

    synchronized List<OrderFacts> facts() {
        return orders.facts();
    }

    synchronized List<OrderTrack> tracks() {
        return orders.tracks();
    }

    /** How many orders were forgotten. */
    synchronized long forgotten() {
        return orders.forgotten();
    }

    synchronized Optional<OrderView> order(String id) {
        return orders.order(id);
    }

    synchronized List<StrayView> strays() {
        return orders.strays();
    }

    synchronized List<ProductChanged> products() {
        return orders.products();
    }
}
