package io.orderly.order.web;

import io.orderly.contracts.CustomerId;
import io.orderly.contracts.OrderId;
import io.orderly.kit.idempotency.Answer;
import io.orderly.kit.idempotency.IdempotencyKey;
import io.orderly.kit.idempotency.IdempotencyKeys;
import io.orderly.kit.web.FieldError;
import io.orderly.kit.web.ProblemException;
import io.orderly.kit.web.ProblemType;
import io.orderly.order.Order;
import io.orderly.order.OrderFilter;
import io.orderly.order.OrderStatus;
import io.orderly.order.Orders;
import io.orderly.order.intake.Intake;
import io.orderly.order.intake.OrderDraft;
import io.orderly.order.intake.OrderIntake;
import io.orderly.order.process.Saga;
import io.orderly.order.process.Sagas;
import io.orderly.order.timeline.Timelines;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

@RestController
@RequestMapping("/orders")
@Tag(name = "Orders")
class OrderController {

    private static final int MAX_PAGE = 100;
    private static final int MAX_ENTRIES = 1_000;

    private final IdempotencyKeys idempotencyKeys;
    private final OrderIntake intake;
    private final Orders orders;
    private final Sagas sagas;
    private final Timelines timelines;
    private final JsonMapper json;

    OrderController(
            IdempotencyKeys idempotencyKeys,
            OrderIntake intake,
            Orders orders,
            Sagas sagas,
            Timelines timelines,
            JsonMapper json) {
        this.idempotencyKeys = idempotencyKeys;
        this.intake = intake;
        this.orders = orders;
        this.sagas = sagas;
        this.timelines = timelines;
        this.json = json;
    }

    @PostMapping
    @Operation(summary = "Places an order and starts its saga")
    @ApiResponse(
            responseCode = "202",
            description = "The order is taken; Location is where to follow it",
            headers =
                    @Header(
                            name = "Location",
                            required = true,
                            schema = @Schema(type = "string", format = "uri-reference")),
            content = @Content(schema = @Schema(implementation = PlacedView.class)))
    ResponseEntity<byte[]> place(IdempotencyKey key, @Valid @RequestBody OrderRequest order) {
        OrderDraft draft = order.toDraft();
        return idempotencyKeys
                .once(key.of(order.customer(), order), () -> answer(intake.take(draft)))
                .toResponse();
    }

    private Answer answer(Intake intake) {
        return switch (intake) {
            case Intake.Accepted(Order order) ->
                Answer.accepted(URI.create("/orders/" + order.id()), json.writeValueAsBytes(PlacedView.of(order)));
            case Intake.Refused refused ->
                throw new ProblemException(
                        ProblemType.UNPROCESSABLE,
                        refused.flaws().stream()
                                .map(flaw -> new FieldError(flaw.field(), flaw.what()))
                                .toList());
        };
    }

    @GetMapping("/{id}")
    @Operation(summary = "An order, its status and its saga's state")
    OrderView order(@PathVariable OrderId id) {
        Saga saga = saga(id);
        return orders.find(id).map(order -> OrderView.of(order, saga.state())).orElseThrow(() -> noSuchOrder(id));
    }

    @GetMapping(path = "/{id}/timeline", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "timeline", summary = "All that happened to an order's saga, in order")
    TimelineView timeline(
            @PathVariable OrderId id,
            @RequestParam(defaultValue = "0") @Min(0) int after,
            @RequestParam(defaultValue = "" + MAX_ENTRIES) @Min(1) @Max(MAX_ENTRIES) int limit) {
        Saga saga = saga(id);
        List<EntryView> entries =
                timelines.after(id, after, limit).stream().map(EntryView::of).toList();
        return new TimelineView(id, saga.status(), entries);
    }

    /** Of the two media types a client that accepts both alike gets JSON, the first in the alphabet. */
    @GetMapping(path = "/{id}/timeline", produces = "text/plain;charset=UTF-8")
    @Operation(operationId = "timeline", summary = "All that happened to an order's saga, in order")
    String timelineAsText(@PathVariable OrderId id) {
        return TimelineTable.of(saga(id), timelines.after(id, 0, MAX_ENTRIES));
    }

    @GetMapping
    @Operation(summary = "Orders, the newest first")
    OrderPage list(
            @RequestParam(required = false) @Nullable CustomerId customer,
            @RequestParam(required = false) @Nullable OrderStatus status,
            @RequestParam(required = false) @Nullable OrderCursor after,
            @RequestParam(defaultValue = "20") @Min(1) @Max(MAX_PAGE) int limit) {
        var filter = new OrderFilter(customer, status, after == null ? null : after.last());
        List<Order> found = orders.newestFirst(filter, limit + 1);
        List<Order> page = found.subList(0, Math.min(limit, found.size()));
        OrderCursor next = found.size() > limit ? new OrderCursor(page.getLast().id()) : null;
        return new OrderPage(page.stream().map(OrderView::of).toList(), next);
    }

    private Saga saga(OrderId id) {
        return sagas.find(id).orElseThrow(() -> noSuchOrder(id));
    }

    private static ProblemException noSuchOrder(OrderId id) {
        return ProblemException.notFound("There is no order " + id + ".");
    }
}
