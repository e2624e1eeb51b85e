package io.orderly.order.process.web;

import io.orderly.contracts.OrderId;
import io.orderly.kit.web.ProblemException;
import io.orderly.order.process.SagaFilter;
import io.orderly.order.process.SagaInstance;
import io.orderly.order.process.SagaLists;
import io.orderly.order.process.Sagas;
import io.orderly.order.saga.SagaPhase;
import io.orderly.order.timeline.TimelineEntry;
import io.orderly.order.timeline.TimelineEntry.Kind;
import io.orderly.order.timeline.Timelines;
import io.orderly.order.web.OrderCursor;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Window;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Lists sagas for operators. */
@RestController
@RequestMapping("/sagas")
@Tag(name = "Operators")
class SagaReportController {

    private static final int MAX_PAGE = 100;

    private final Sagas sagas;
    private final SagaLists lists;
    private final Timelines timelines;

    SagaReportController(Sagas sagas, SagaLists lists, Timelines timelines) {
        this.sagas = sagas;
        this.lists = lists;
        this.timelines = timelines;
    }

    @GetMapping
    @Operation(
            summary = "Sagas, those of the newest orders first",
            description = "With state=PARKED, the sagas that wait for an operator, with the reason.")
    SagaPage list(
            @RequestParam(required = false) @Nullable SagaPhase state,
            @RequestParam(required = false) @Nullable OrderCursor after,
            @RequestParam(defaultValue = "20") @Min(1) @Max(MAX_PAGE) int limit) {
        var filter = new SagaFilter(state, after == null ? null : after.last());
        Window<SagaInstance> page = lists.newestFirst(filter, limit);
        return new SagaPage(report(page.getContent()), OrderCursor.next(page, SagaInstance::id));
    }

    @GetMapping("/{id}")
    @Operation(summary = "The state of an order's saga, the reply it awaits, and why it is parked, if it is")
    SagaReport saga(@PathVariable OrderId id) {
        return sagas.find(id)
                .map(saga -> report(List.of(saga)).getFirst())
                .orElseThrow(() -> ProblemException.notFound("There is no order " + id + "."));
    }

    private List<SagaReport> report(List<SagaInstance> page) {
        Map<OrderId, Integer> sizes =
                page.stream().collect(Collectors.toMap(SagaInstance::id, SagaInstance::timelineSize));
        Map<OrderId, TimelineEntry> parkings = timelines.last(Kind.PARKED, sizes);
        Map<OrderId, TimelineEntry> commands = timelines.last(Kind.COMMAND, sizes);
        return page.stream()
                .map(saga -> SagaReport.of(saga, parkings.get(saga.id()), commands.get(saga.id())))
                .toList();
    }
}
