package io.orderly.antipatterns.twophasecommit.manager;

import io.orderly.antipatterns.ordering.OrderProblems;
import io.orderly.antipatterns.twophasecommit.Vote;
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
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

@RestController
@RequestMapping("/anti-patterns/distributed-transaction")
@Tag(name = "Anti-pattern: distributed transaction")
class DistributedTransactionController {

    private final DistributedOrderPlacement orders;
    private final InDoubtReport inDoubt;
    private final JsonMapper json;

    DistributedTransactionController(DistributedOrderPlacement orders, InDoubtReport inDoubt, JsonMapper json) {
        this.orders = orders;
        this.inDoubt = inDoubt;
        this.json = json;
    }

    @PostMapping("/orders")
    @Operation(summary = "Places an order by two-phase commit over all four services", description = """
                    The pattern is `POST /orders`.

                    **What is wrong with it.** Stock, account and shipping capacity stay locked from the first vote to the \
                    last commit: for two network round trips and a disk write in the normal case, and for as long as the \
                    order-service is unavailable after a failure. Orders that share a row are serialized. All four services \
                    and the payment provider have to be available at the same time. PostgreSQL does not detect deadlocks \
                    across two databases; only a lock timeout resolves them.

                    **When it is right.** Few participants with one operator and low network latency, with short \
                    transactions that rarely share rows; where partial changes must never be visible, and rejecting an \
                    order is better than compensating it.""")
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

    private static IdempotentResponse answerOf(DistributedPlacementResult placement) {
        return switch (placement) {
            case DistributedPlacementResult.Placed(IdempotentResponse answer) -> answer;
            case DistributedPlacementResult.Invalid(List<Violation> flaws) ->
                throw new ProblemException(
                        ProblemType.UNPROCESSABLE,
                        flaws.stream()
                                .map(violation -> new FieldError(violation.field(), violation.message()))
                                .toList());
            case DistributedPlacementResult.Refused(String participant, Vote vote) -> throw refusal(participant, vote);
            case DistributedPlacementResult.Overloaded _ ->
                throw new ProblemException(
                        ProblemType.OVERLOADED,
                        "Too many distributed transactions are in progress. Try again in a moment.");
            case DistributedPlacementResult.Unknown _ ->
                throw new ProblemException(
                        OrderProblems.OUTCOME_UNKNOWN, "Repeat the same request in a moment to get the outcome.");
        };
    }

    private static ProblemException refusal(String participant, Vote vote) {
        return switch (vote) {
            case Vote.Declined(String reason, String detail) ->
                new ProblemException(OrderProblems.ORDER_DECLINED, reason + ": " + detail);
            case Vote.Contended(String detail) ->
                new ProblemException(
                        OrderProblems.CONTENDED,
                        "%s: %s. Everything was rolled back; try again in a moment.".formatted(participant, detail));
            case Vote.Unavailable(String detail) ->
                new ProblemException(
                        ParticipantProblems.UNAVAILABLE,
                        "%s: %s. Everything was rolled back.".formatted(participant, detail));
            case Vote.Prepared _ -> throw new IllegalStateException("not a refusal");
        };
    }

    @GetMapping("/in-doubt")
    @Operation(
            summary = "Prepared transactions of all services that have not ended, with their locks",
            description =
                    "Under load some transactions are always in doubt for milliseconds. A transaction that stays in doubt has lost its manager.")
    InDoubtReport.Report inDoubt() throws InterruptedException {
        return inDoubt.read();
    }
}
