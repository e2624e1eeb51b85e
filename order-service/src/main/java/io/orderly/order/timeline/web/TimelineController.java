package io.orderly.order.timeline.web;

import io.orderly.contracts.OrderId;
import io.orderly.kit.security.Caller;
import io.orderly.kit.web.ProblemException;
import io.orderly.order.process.SagaInstance;
import io.orderly.order.process.Sagas;
import io.orderly.order.timeline.Timelines;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/orders/{id}/timeline")
@Tag(name = "Orders")
class TimelineController {

    private static final int MAX_ENTRIES = 1_000;
    private static final String RECORDED = "recorded";

    private final Sagas sagas;
    private final Timelines timelines;

    TimelineController(Sagas sagas, Timelines timelines) {
        this.sagas = sagas;
        this.timelines = timelines;
    }

    /** @param order other than {@code recorded}, it sorts the first entries only, since pages follow the recorded order */
    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "timeline", summary = "The timeline of an order's saga")
    TimelineView timeline(
            @PathVariable OrderId id,
            @RequestParam(defaultValue = "0") @Min(0) int after,
            @RequestParam(defaultValue = "" + MAX_ENTRIES) @Min(1) @Max(MAX_ENTRIES) int limit,
            @RequestParam(defaultValue = RECORDED)
                    @Parameter(schema = @Schema(allowableValues = {RECORDED, "wall", "lamport", "hybrid"}))
                    EntryOrder order,
            Caller caller) {
        if (after > 0 && order != EntryOrder.RECORDED) {
            throw ProblemException.invalid("after", "must be 0 if the order is not recorded");
        }
        return TimelineView.of(saga(id, caller), order, timelines.after(id, after, limit));
    }

    /** A client that accepts both media types with equal weight gets JSON, which comes first in alphabetical order. */
    @GetMapping(produces = "text/plain;charset=UTF-8")
    @Operation(operationId = "timeline", summary = "The timeline of an order's saga")
    String timelineAsText(
            @PathVariable OrderId id, @RequestParam(defaultValue = RECORDED) EntryOrder order, Caller caller) {
        return TimelineTextTable.of(saga(id, caller), order, timelines.after(id, 0, MAX_ENTRIES));
    }

    private SagaInstance saga(OrderId id, Caller caller) {
        return sagas.find(id)
                .filter(saga -> caller.mayAccess(saga.order().customer()))
                .orElseThrow(() -> ProblemException.notFound("There is no order " + id + "."));
    }
}
