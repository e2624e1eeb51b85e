package io.orderly.order.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.orderly.contracts.Address;
import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.order.Order;
import io.orderly.order.OrderStatus;
import io.orderly.order.PricedLine;
import io.orderly.order.saga.Cause;
import io.orderly.order.saga.SagaState;
import io.orderly.order.saga.SagaState.Undone;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An order.
 *
 * @param cause why it was rejected or cancelled; absent unless it was
 * @param saga where its saga stands; absent in lists
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record OrderView(
        OrderId id,
        OrderStatus status,
        @Nullable CauseView cause,
        CustomerId customer,
        List<PricedLine> lines,
        Address address,
        Money total,
        Instant placedAt,
        @Nullable SagaView saga) {

    /** As the list of orders shows it. */
    static OrderView of(Order order) {
        return of(order, order.status(), Optional.ofNullable(order.cause()), null);
    }

    /** With its saga; what has become of it is taken from there, so that one answer never contradicts itself. */
    static OrderView of(Order order, SagaState saga) {
        Optional<Cause> cause = saga instanceof Undone undone ? Optional.of(undone.cause()) : Optional.empty();
        return of(order, OrderStatus.of(saga), cause, SagaView.of(saga));
    }

    private static OrderView of(Order order, OrderStatus status, Optional<Cause> cause, @Nullable SagaView saga) {
        return new OrderView(
                order.id(),
                status,
                cause.map(CauseView::of).orElse(null),
                order.customer(),
                order.lines(),
                order.address(),
                order.total(),
                order.placedAt(),
                saga);
    }
}
