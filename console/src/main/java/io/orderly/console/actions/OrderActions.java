package io.orderly.console.actions;

import io.orderly.console.upstream.Upstream;
import io.orderly.console.upstream.Upstreams;
import io.orderly.contracts.OrderId;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Passes what a person does on the page to the order-service, and its answer back. A browser sends the header {@code Idempotency-Key} for the page of
 * another site only if the console allows it, which it does not.
 */
@RestController
@RequestMapping(path = "/api/orders", consumes = MediaType.APPLICATION_JSON_VALUE)
class OrderActions {

    static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    private static final int MAX_ORDER_BYTES = 64 << 10;
    private static final int MAX_NOTE_BYTES = 8 << 10;

    private final Upstreams upstreams;

    OrderActions(Upstreams upstreams) {
        this.upstreams = upstreams;
    }

    @PostMapping
    ResponseEntity<byte[]> place(@RequestHeader(IDEMPOTENCY_KEY) String key, @RequestBody byte[] order)
            throws InterruptedException {
        requireShort(order);
        return post("/orders", key, order);
    }

    static void requireShort(byte[] order) {
        if (order.length > MAX_ORDER_BYTES) {
            throw Upstream.problem(
                    HttpStatus.CONTENT_TOO_LARGE, "An order has at most %d bytes.".formatted(MAX_ORDER_BYTES));
        }
    }

    /** @param note who requests it, and why; {@code {}} if the person does not say. The order-service checks it */
    @PostMapping("/{id}/{action}")
    ResponseEntity<byte[]> act(
            @RequestHeader(IDEMPOTENCY_KEY) String key,
            @PathVariable String id,
            @PathVariable String action,
            @RequestBody byte[] note)
            throws InterruptedException {
        Action known = Action.named(action)
                .orElseThrow(() -> Upstream.problem(HttpStatus.NOT_FOUND, "There is no such action."));
        if (note.length > MAX_NOTE_BYTES) {
            throw Upstream.problem(
                    HttpStatus.CONTENT_TOO_LARGE, "A note has at most %d bytes.".formatted(MAX_NOTE_BYTES));
        }
        return post(known.path(canonical(id)), key, known.byOperator() ? note : new byte[0]);
    }

    private ResponseEntity<byte[]> post(String path, String key, byte[] body) throws InterruptedException {
        return upstreams.orderService().send("POST", path, Map.of(IDEMPOTENCY_KEY, key), body, Upstream.SHORT);
    }

    private static String canonical(String id) {
        try {
            return OrderId.of(id).toString();
        } catch (IllegalArgumentException e) {
            throw Upstream.problem(HttpStatus.NOT_FOUND, "The id of an order is a UUID.");
        }
    }
}
