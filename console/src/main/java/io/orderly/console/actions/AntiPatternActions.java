package io.orderly.console.actions;

import io.orderly.console.upstream.Upstream;
import io.orderly.console.upstream.Upstreams;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Places orders in the ways that the saga replaces. The order-service answers 404 if the module of the anti-patterns is not on its class path. */
@RestController
class AntiPatternActions {

    /** The order-service answers when the order has ended, for which it waits for all services. */
    private static final Duration UNTIL_ENDED = Duration.ofMinutes(1);

    private static final Set<String> ARMS = Set.of("distributed-transaction", "in-memory-compensation");

    private final Upstreams upstreams;

    AntiPatternActions(Upstreams upstreams) {
        this.upstreams = upstreams;
    }

    @PostMapping(path = "/api/anti-patterns/{arm}/orders", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> place(
            @RequestHeader(OrderActions.IDEMPOTENCY_KEY) String key,
            @PathVariable String arm,
            @RequestBody byte[] order)
            throws InterruptedException {
        if (!ARMS.contains(arm)) {
            throw Upstream.problem(HttpStatus.NOT_FOUND, "There is no such anti-pattern.");
        }
        OrderActions.requireShort(order);
        return upstreams
                .orderService()
                .send(
                        "POST",
                        "/anti-patterns/" + arm + "/orders",
                        Map.of(OrderActions.IDEMPOTENCY_KEY, key),
                        order,
                        UNTIL_ENDED);
    }

    /** The transactions of all orders that wait for a decision, with their locks. */
    @GetMapping("/api/anti-patterns/in-doubt")
    ResponseEntity<byte[]> inDoubt() throws InterruptedException {
        return upstreams.orderService().get("/anti-patterns/distributed-transaction/in-doubt");
    }
}
