package io.orderly.order.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.orderly.contracts.Address;
import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.order.Order;
import io.orderly.order.OrderStatus;
import io.orderly.order.PricedLine;
import io.orderly.order.process.SagaInstance;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order.
 *
 * @param cause why the order was rejected or cancelled; absent if it was not
 * @param saga the state of its saga; absent in lists
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OrderView(
        OrderId id,
        OrderStatus status,
        @Nullable CauseView cause,
        CustomerId customer,
        List<PricedLine> lines,
        Address address,
        Money total,
        Instant placedAt,
        @Nullable SagaView saga) {

    /** The view for lists, without the saga. */
    static OrderView of(Order order) {
        return of(order, null);
    }

    /** The view with the saga. */
    public static OrderView of(SagaInstance saga) {
        return of(saga.order(), SagaView.of(saga.state()));
    }

    private static OrderView of(Order order, @Nullable SagaView saga) {
        return new OrderView(
                order.id(),
                order.status(),
                CauseView.ofNullable(order.cause()),
                order.customer(),
                order.lines(),
                order.address(),
                order.total(),
                order.placedAt(),
                saga);
    }
}
