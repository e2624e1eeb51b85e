package io.orderly.coordinator.rest;

import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.KeyRange;
import io.orderly.kit.web.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Min;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Watches of keys, as server-sent events. */
@RestController
@RequestMapping("/v1/config/{key}/events")
@Tag(name = "Config")
class ConfigEventsController {

    private static final String LAST_EVENT_ID = "Last-Event-ID";
    private static final Pattern REVISION = Pattern.compile("[0-9]{1,18}");

    private final Answers answers;
    private final EventStreams streams;

    ConfigEventsController(Answers answers, EventStreams streams) {
        this.answers = answers;
        this.streams = streams;
    }

    /**
     * @param prefix whether to watch all keys with this prefix
     * @param from the first revision to deliver; with {@code Last-Event-ID}, which browsers send when they connect again, the one after
     *     that
     */
    @GetMapping(produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(
            summary =
                    "Changes of a key, from the next one on, or from a revision on: events put, deleted and compacted")
    SseEmitter events(
            @PathVariable String key,
            @RequestParam(defaultValue = "false") boolean prefix,
            @RequestParam(required = false) @Min(1) @Nullable Long from,
            @RequestHeader(name = LAST_EVENT_ID, required = false) @Nullable String lastEventId) {
        Bytes name = Bytes.utf8(key);
        KeyRange keys = prefix ? KeyRange.startingWith(name) : KeyRange.of(name);
        answers.require(coordinator -> coordinator.requireReader(keys));
        return streams.open(keys, startRevision(from, lastEventId));
    }

    private static long startRevision(@Nullable Long from, @Nullable String lastEventId) {
        if (lastEventId != null) {
            if (!REVISION.matcher(lastEventId).matches()) {
                throw ProblemException.invalid(LAST_EVENT_ID, "must be the id of an event, a revision");
            }
            return Long.parseLong(lastEventId) + 1;
        }
        return from == null ? 0 : from;
    }
}
