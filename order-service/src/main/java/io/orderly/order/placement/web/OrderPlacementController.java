package io.orderly.order.placement.web;

import io.orderly.contracts.OrderId;
import io.orderly.kit.idempotency.IdempotencyKey;
import io.orderly.kit.idempotency.IdempotencyKeys;
import io.orderly.kit.idempotency.IdempotentResponse;
import io.orderly.kit.security.Caller;
import io.orderly.kit.session.Session;
import io.orderly.kit.web.FieldError;
import io.orderly.kit.web.ProblemException;
import io.orderly.kit.web.ProblemType;
import io.orderly.order.Order;
import io.orderly.order.catalogue.CatalogueBehindException;
import io.orderly.order.placement.OrderDraft;
import io.orderly.order.placement.OrderPlacement;
import io.orderly.order.placement.PlacementResult;
import io.orderly.order.placement.PlacementSwitch;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

@RestController
@Tag(name = "Orders")
class OrderPlacementController {

    private final IdempotencyKeys idempotencyKeys;
    private final OrderPlacement orderPlacement;
    private final PlacementSwitch placementSwitch;
    private final JsonMapper json;

    OrderPlacementController(
            IdempotencyKeys idempotencyKeys,
            OrderPlacement orderPlacement,
            PlacementSwitch placementSwitch,
            JsonMapper json) {
        this.idempotencyKeys = idempotencyKeys;
        this.orderPlacement = orderPlacement;
        this.placementSwitch = placementSwitch;
        this.json = json;
    }

    @PostMapping("/orders")
    @Operation(summary = "Places an order and starts its saga")
    @ApiResponse(
            responseCode = "202",
            description = "The order is accepted; Location is the URL of the order",
            headers =
                    @Header(
                            name = "Location",
                            required = true,
                            schema = @Schema(type = "string", format = "uri-reference")),
            content = @Content(schema = @Schema(implementation = PlacedView.class)))
    ResponseEntity<byte[]> place(
            IdempotencyKey key, @Valid @RequestBody OrderRequest order, Session session, Caller caller) {
        caller.requireAccess(order.customer());
        OrderDraft draft = order.toDraft();
        try {
            orderPlacement.prepare(session.seen());
        } catch (CatalogueBehindException _) {
            throw session.behind();
        }
        AtomicReference<@Nullable OrderId> placed = new AtomicReference<>();
        IdempotentResponse response = idempotencyKeys.once(key.toRequest(order.customer(), order), () -> {
            placementSwitch.requireEnabled();
            return answer(orderPlacement.place(draft), placed, session);
        });
        // after the commit, so that the saga does not wait
        orderPlacement.awaitSettled(placed.get());
        return response.toResponse();
    }

    private IdempotentResponse answer(
            PlacementResult result, AtomicReference<@Nullable OrderId> placed, Session session) {
        return switch (result) {
            case PlacementResult.Accepted(Order order, long catalogueRevision) -> {
                session.saw(catalogueRevision);
                placed.set(order.id());
                yield IdempotentResponse.accepted(
                        URI.create("/orders/" + order.id()), json.writeValueAsBytes(PlacedView.of(order)));
            }
            case PlacementResult.Refused refused ->
                throw new ProblemException(
                        ProblemType.UNPROCESSABLE,
                        refused.violations().stream()
                                .map(violation -> new FieldError(violation.field(), violation.message()))
                                .toList());
        };
    }
}
