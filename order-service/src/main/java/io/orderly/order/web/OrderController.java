package io.orderly.order.web;

import io.orderly.contracts.CustomerId;
import io.orderly.contracts.OrderId;
import io.orderly.kit.security.Caller;
import io.orderly.kit.web.ProblemException;
import io.orderly.order.Order;
import io.orderly.order.OrderFilter;
import io.orderly.order.OrderLists;
import io.orderly.order.OrderStatus;
import io.orderly.order.process.Sagas;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Window;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/orders")
@Tag(name = "Orders")
class OrderController {

    private static final int MAX_PAGE = 100;

    private final OrderLists orders;
    private final Sagas sagas;

    OrderController(OrderLists orders, Sagas sagas) {
        this.orders = orders;
        this.sagas = sagas;
    }

    @GetMapping("/{id}")
    @Operation(summary = "An order with its status and the state of its saga")
    OrderView order(@PathVariable OrderId id, Caller caller) {
        return sagas.find(id)
                .filter(saga -> caller.mayAccess(saga.order().customer()))
                .map(OrderView::of)
                .orElseThrow(() -> ProblemException.notFound("There is no order " + id + "."));
    }

    @GetMapping(version = "1")
    @Operation(summary = "Orders with their lines and addresses, the newest first", deprecated = true)
    OrderPage list(
            @RequestParam(required = false) @Nullable CustomerId customer,
            @RequestParam(required = false) @Nullable OrderStatus status,
            @RequestParam(required = false) @Nullable OrderCursor after,
            @RequestParam(defaultValue = "20") @Min(1) @Max(MAX_PAGE) int limit,
            Caller caller) {
        Window<Order> page = page(customer, status, after, limit, caller);
        return new OrderPage(page.getContent().stream().map(OrderView::of).toList(), OrderCursor.next(page, Order::id));
    }

    @GetMapping(version = "2")
    @Operation(summary = "Orders, the newest first")
    OrderSummaryPage summaries(
            @RequestParam(required = false) @Nullable CustomerId customer,
            @RequestParam(required = false) @Nullable OrderStatus status,
            @RequestParam(required = false) @Nullable OrderCursor after,
            @RequestParam(defaultValue = "20") @Min(1) @Max(MAX_PAGE) int limit,
            Caller caller) {
        Window<Order> page = page(customer, status, after, limit, caller);
        return new OrderSummaryPage(
                page.getContent().stream().map(OrderSummary::of).toList(), OrderCursor.next(page, Order::id));
    }

    private Window<Order> page(
            @Nullable CustomerId customer,
            @Nullable OrderStatus status,
            @Nullable OrderCursor after,
            int limit,
            Caller caller) {
        CustomerId listed = customer == null ? caller.restrictedTo() : customer;
        if (listed != null && !caller.mayAccess(listed)) {
            // as for a customer without orders
            return Window.from(List.of(), _ -> ScrollPosition.keyset());
        }
        return orders.newestFirst(new OrderFilter(listed, status, after == null ? null : after.last()), limit);
    }
}
