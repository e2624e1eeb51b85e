package io.orderly.antipatterns.inmemorycompensation;

import io.orderly.antipatterns.inmemorycompensation.InMemoryPlacementResult.Declined;
import io.orderly.antipatterns.inmemorycompensation.InMemoryPlacementResult.Failed;
import io.orderly.antipatterns.inmemorycompensation.InMemoryPlacementResult.Invalid;
import io.orderly.antipatterns.inmemorycompensation.InMemoryPlacementResult.Placed;
import io.orderly.antipatterns.ordering.OrderProblems;
import io.orderly.kit.idempotency.IdempotencyKey;
import io.orderly.kit.idempotency.IdempotentResponse;
import io.orderly.kit.web.FieldError;
import io.orderly.kit.web.ProblemException;
import io.orderly.kit.web.ProblemType;
import io.orderly.order.Order;
import io.orderly.order.participants.ParticipantProblems;
import io.orderly.order.placement.Violation;
import io.orderly.order.placement.web.OrderRequest;
import io.orderly.order.placement.web.PlacedView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

@RestController
@Tag(name = "Anti-pattern: compensation in memory")
class InMemoryCompensationController {

    private final InMemoryOrderPlacement orders;
    private final JsonMapper json;

    InMemoryCompensationController(InMemoryOrderPlacement orders, JsonMapper json) {
        this.orders = orders;
        this.json = json;
    }

    @PostMapping("/anti-patterns/in-memory-compensation/orders")
    @Operation(
            summary = "Places an order by calling one service after the other, and undoes it from memory",
            description = """
                    The pattern is `POST /orders`.

                    **What is wrong with it.** What is to be undone is known to one thread of one process. If that dies, \
                    stock stays reserved and money stays taken for an order that does not exist. If a compensation fails \
                    for long enough, nobody tries it again. The event is sent after the commit and is lost if the process \
                    dies, or Kafka is away, in between. All services have to be there, and the client waits for the sum \
                    of them.

                    **When it is right.** The calls change nothing that matters, or all of it expires by itself; or \
                    somebody reconciles the books anyway, and a few orders a year are cheaper than a saga.""")
    @ApiResponse(
            responseCode = "201",
            description = "The order is confirmed",
            headers =
                    @Header(
                            name = "Location",
                            required = true,
                            schema = @Schema(type = "string", format = "uri-reference")),
            content = @Content(schema = @Schema(implementation = PlacedView.class)))
    ResponseEntity<byte[]> place(IdempotencyKey key, @Valid @RequestBody OrderRequest order) {
        return answerOf(orders.place(key.toRequest(order.customer(), order), order.toDraft(), this::created))
                .toResponse();
    }

    private IdempotentResponse created(Order order) {
        return IdempotentResponse.created(
                URI.create("/orders/" + order.id()), json.writeValueAsBytes(PlacedView.of(order)));
    }

    private static IdempotentResponse answerOf(InMemoryPlacementResult placement) {
        return switch (placement) {
            case Placed(IdempotentResponse answer) -> answer;
            case Invalid(List<Violation> flaws) ->
                throw new ProblemException(
                        ProblemType.UNPROCESSABLE,
                        flaws.stream()
                                .map(violation -> new FieldError(violation.field(), violation.message()))
                                .toList());
            case Declined(String reason, String detail) ->
                throw new ProblemException(OrderProblems.ORDER_DECLINED, reason + ": " + detail);
            case Failed(String detail, boolean undone) ->
                throw new ProblemException(
                        ParticipantProblems.UNAVAILABLE,
                        detail + (undone ? ". Everything was undone." : ". Not everything could be undone."));
        };
    }
}
