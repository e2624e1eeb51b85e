package io.orderly.order.intake.web;

import io.orderly.kit.idempotency.IdempotentResponse;
import io.orderly.kit.idempotency.IdempotencyKey;
import io.orderly.kit.idempotency.IdempotencyKeys;
import io.orderly.kit.web.FieldError;
import io.orderly.kit.web.ProblemException;
import io.orderly.kit.web.ProblemType;
import io.orderly.order.Order;
import io.orderly.order.intake.Intake;
import io.orderly.order.intake.OrderDraft;
import io.orderly.order.intake.OrderIntake;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.net.URI;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

@RestController
@Tag(name = "Orders")
class PlacingController {

    private final IdempotencyKeys idempotencyKeys;
    private final OrderIntake intake;
    private final JsonMapper json;

    PlacingController(IdempotencyKeys idempotencyKeys, OrderIntake intake, JsonMapper json) {
        this.idempotencyKeys = idempotencyKeys;
        this.intake = intake;
        this.json = json;
    }

    @PostMapping("/orders")
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
                .once(key.toRequest(order.customer(), order), () -> answer(intake.take(draft)))
                .toResponse();
    }

    private IdempotentResponse answer(Intake intake) {
        return switch (intake) {
            case Intake.Accepted(Order order) ->
                IdempotentResponse.accepted(URI.create("/orders/" + order.id()), json.writeValueAsBytes(PlacedView.of(order)));
            case Intake.Refused refused ->
                throw new ProblemException(
                        ProblemType.UNPROCESSABLE,
                        refused.flaws().stream()
                                .map(flaw -> new FieldError(flaw.field(), flaw.what()))
                                .toList());
        };
    }
}
