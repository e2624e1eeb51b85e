package io.orderly.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.contracts.CustomerId;
import io.orderly.contracts.OrderId;
import io.orderly.kit.testing.RepositorySlice;
import io.orderly.order.saga.Cause;
import io.orderly.order.saga.SagaState;
import io.orderly.order.saga.SagaState.Cancelled;
import io.orderly.order.saga.SagaState.Confirmed;
import io.orderly.order.saga.SagaState.Rejected;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.Window;

class OrderListsIntegrationTest extends RepositorySlice {

    @Autowired
    Orders orders;

    @Autowired
    OrderLists lists;

    @Test
    void continueAfterTheLastOrderOfThePreviousPage() {
        OrderId first = store("alice", null);
        OrderId second = store("alice", null);
        store("bob", null);
        OrderId third = store("alice", null);

        Window<Order> page = lists.newestFirst(filter("alice", null, null), 2);
        Window<Order> next = lists.newestFirst(filter("alice", null, second), 2);

        assertThat(page).extracting(Order::id).containsExactly(third, second);
        assertThat(page.hasNext()).isTrue();
        assertThat(next).extracting(Order::id).containsExactly(first);
        assertThat(next.hasNext()).isFalse();
    }

    @Test
    void containOnlyOrdersOfTheStatus() {
        var cause = new Cause("REASON", "detail");
        OrderId pending = store("alice", null);
        OrderId confirmed = store("alice", new Confirmed());
        OrderId rejected = store("alice", new Rejected(cause));
        OrderId cancelled = store("alice", new Cancelled(cause));

        assertThat(idsIn(OrderStatus.PENDING)).containsExactly(pending);
        assertThat(idsIn(OrderStatus.CONFIRMED)).containsExactly(confirmed);
        assertThat(idsIn(OrderStatus.REJECTED)).containsExactly(rejected);
        assertThat(idsIn(OrderStatus.CANCELLED)).containsExactly(cancelled);
        assertThat(idsIn(OrderStatus.PARKED)).isEmpty();
    }

    private List<OrderId> idsIn(OrderStatus status) {
        return lists.newestFirst(filter(null, status, null), 10).map(Order::id).getContent();
    }

    private static OrderFilter filter(
            @Nullable String customer, @Nullable OrderStatus status, @Nullable OrderId olderThan) {
        return new OrderFilter(customer == null ? null : new CustomerId(customer), status, olderThan);
    }

    private OrderId store(String customer, @Nullable SagaState state) {
        Order order = SampleOrders.of(customer);
        if (state != null) {
            order.updateFrom(state);
        }
        orders.save(order);
        flushAndClear();
        return order.id();
    }
}
