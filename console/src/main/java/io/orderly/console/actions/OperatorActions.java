package io.orderly.console.actions;

import io.orderly.console.upstream.Upstream;
import io.orderly.console.upstream.Upstreams;
import io.orderly.contracts.OrderId;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What waits for an operator: parked orders, and the dead letters of the services. Answers are those of the services. */
@RestController
class OperatorActions {

    /** A call handles up to 100 letters, each in a transaction of its own. */
    private static final Duration BATCH_TIMEOUT = Duration.ofMinutes(2);

    private static final Set<String> LETTER_ACTIONS = Set.of("replay", "discard");
    private static final int MAX_SELECTION_BYTES = 16 << 10;

    private final Upstreams upstreams;

    OperatorActions(Upstreams upstreams) {
        this.upstreams = upstreams;
    }

    @GetMapping("/api/parked")
    ResponseEntity<byte[]> parked() throws InterruptedException {
        return upstreams.orderService().get("/sagas?state=PARKED&limit=100");
    }

    /** The timeline, in which operators say what they did and why. */
    @GetMapping("/api/orders/{id}/timeline")
    ResponseEntity<byte[]> timeline(@PathVariable OrderId id) throws InterruptedException {
        return upstreams.orderService().get("/orders/" + id + "/timeline");
    }

    /** @param after the last letter of the page before; null for the first page */
    @GetMapping("/api/services/{service}/dead-letters")
    ResponseEntity<byte[]> deadLetters(
            @PathVariable String service, @RequestParam(required = false) @Nullable UUID after)
            throws InterruptedException {
        return upstreams.service(service).get("/dead-letters?limit=100" + (after == null ? "" : "&after=" + after));
    }

    @GetMapping("/api/services/{service}/dead-letters/{id}")
    ResponseEntity<byte[]> deadLetter(@PathVariable String service, @PathVariable UUID id) throws InterruptedException {
        return upstreams.service(service).get("/dead-letters/" + id);
    }

    /** @param selection the ids, who requests it, and why; the service checks it */
    @PostMapping(path = "/api/services/{service}/dead-letters/{action}", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> act(@PathVariable String service, @PathVariable String action, @RequestBody byte[] selection)
            throws InterruptedException {
        if (!LETTER_ACTIONS.contains(action)) {
            throw Upstream.problem(HttpStatus.NOT_FOUND, "There is no such action.");
        }
        if (selection.length > MAX_SELECTION_BYTES) {
            throw Upstream.problem(
                    HttpStatus.CONTENT_TOO_LARGE, "A selection has at most %d bytes.".formatted(MAX_SELECTION_BYTES));
        }
        return upstreams.service(service).send("POST", "/dead-letters/" + action, Map.of(), selection, BATCH_TIMEOUT);
    }
}
