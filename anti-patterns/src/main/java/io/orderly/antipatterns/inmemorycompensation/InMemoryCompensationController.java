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
            summary = "Places an order by calling one service after the other, with compensations kept in memory",
            description = """
                    The pattern is `POST /orders`.

                    **What is wrong with it.** The steps to compensate are known only to one thread of one process. If the \
                    process dies, stock stays reserved and the payment stays captured for an order that does not exist. A \
                    compensation that fails repeatedly is not retried later. The event is sent after the commit, and is \
                    lost if the process dies or Kafka is unavailable in between. All services have to be available, and \
                    the client waits for the sum of their latencies.

                    **When it is right.** The calls have no important effects, or their effects expire by themselves; or \
                    the data are reconciled anyway, and a few inconsistent orders per year cost less than a saga.""")
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
            case Failed(String detail, boolean compensated) ->
                throw new ProblemException(
                        ParticipantProblems.UNAVAILABLE,
                        detail
                                + (compensated
                                        ? ". All steps were compensated."
                                        : ". Not all steps could be compensated."));
        };
    }
}
