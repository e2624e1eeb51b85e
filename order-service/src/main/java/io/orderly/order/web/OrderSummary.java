package io.orderly.order.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.order.Order;
import io.orderly.order.OrderStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An order in a list, since version 2 of the API: without its lines, and without the address of the customer.
 *
 * @param cause why the order was rejected or cancelled; absent if it was not
 * @param lines how many lines it has
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record OrderSummary(
        OrderId id,
        OrderStatus status,
        @Nullable CauseView cause,
        CustomerId customer,
        int lines,
        Money total,
        Instant placedAt) {

    static OrderSummary of(Order order) {
        return new OrderSummary(
                order.id(),
                order.status(),
                CauseView.ofNullable(order.cause()),
                order.customer(),
                order.lines().size(),
                order.total(),
                order.placedAt());
    }
}
