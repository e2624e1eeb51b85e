package io.orderly.order.timeline.web;

import io.orderly.contracts.OrderId;
import io.orderly.kit.security.Caller;
import io.orderly.kit.web.ProblemException;
import io.orderly.order.process.SagaInstance;
import io.orderly.order.process.Sagas;
import io.orderly.order.saga.SagaState.Terminal;
import io.orderly.order.timeline.Timelines;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

@RestController
@Tag(name = "Orders")
class TimelineStreamController {

    private static final int NO_LIMIT = Integer.MAX_VALUE;

    private final Sagas sagas;
    private final Timelines timelines;
    private final TimelineStreams streams;

    TimelineStreamController(Sagas sagas, Timelines timelines, TimelineStreams streams) {
        this.sagas = sagas;
        this.timelines = timelines;
        this.streams = streams;
    }

    @GetMapping(path = "/orders/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(
            summary = "Streams the timeline until the saga has ended",
            description =
                    "A client that has received the end and reconnects gets 204, after which it must not reconnect. A "
                            + "Last-Event-ID beyond the end of the timeline was sent before the database was restored from a "
                            + "backup; the stream then starts again at the first entry, as its ids show.")
    @ApiResponse(
            responseCode = "200",
            description =
                    "Server-sent events: the id is the entry's seq, the name its kind, the data an entry of the timeline",
            content = @Content(mediaType = MediaType.TEXT_EVENT_STREAM_VALUE, schema = @Schema(type = "string")))
    @ApiResponse(
            responseCode = "204",
            description = "The client has received the end of the timeline",
            content = @Content)
    ResponseEntity<SseEmitter> events(
            @PathVariable OrderId id,
            @Parameter(schema = @Schema(type = "integer", format = "int32", minimum = "0", defaultValue = "0"))
                    @RequestHeader(name = LastEventId.HEADER, defaultValue = "0")
                    LastEventId lastSeen,
            Caller caller) {
        SagaInstance saga = sagas.find(id)
                .filter(found -> caller.mayAccess(found.order().customer()))
                .orElseThrow(() -> ProblemException.notFound("There is no order " + id + "."));
        int after = timelines.reaches(id, lastSeen.seq()) ? lastSeen.seq() : 0;
        if (saga.state() instanceof Terminal && hasSeenEnd(id, after)) {
            return ResponseEntity.noContent().build();
        }
        return ResponseEntity.ok(streams.open(id, after));
    }

    /** Entries after the end, such as late replies, are not sent. */
    private boolean hasSeenEnd(OrderId id, int after) {
        return timelines.after(id, after, NO_LIMIT).stream()
                .noneMatch(entry -> entry.kind().isEnd());
    }
}
