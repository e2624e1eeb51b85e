package io.orderly.console;

import io.orderly.console.order.OrderView;
import io.orderly.console.order.StrayView;
import io.orderly.console.stream.PageStreams;
import io.orderly.contracts.inventory.ProductChanged;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** What the page reads. */
@RestController
class PageController {

    private final WatchedOrders orders;
    private final PageStreams streams;
    private final Links links;

    PageController(WatchedOrders orders, PageStreams streams, ConsoleProperties properties) {
        this.orders = orders;
        this.streams = streams;
        this.links = new Links(properties.traceUrl());
    }

    /**
     * Where other systems show more.
     *
     * @param trace the address of a trace, with {@code {traceId}} in place of its id; null if no system is known that shows traces
     */
    record Links(@Nullable String trace) {}

    @GetMapping(path = "/api/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter stream(@RequestHeader(name = "Last-Event-ID", defaultValue = "") String lastEventId) {
        return streams.open(lastEventId)
                .orElseThrow(() -> problem(HttpStatus.SERVICE_UNAVAILABLE, "Too many pages are open."));
    }

    /** Before the web server stops: it waits for the requests in progress, and a stream is one that does not end by itself. */
    @EventListener(ContextClosedEvent.class)
    void endStreams() {
        streams.close();
    }

    @GetMapping("/api/orders/{id}")
    OrderView order(@PathVariable String id) {
        return orders.order(id)
                .orElseThrow(
                        () -> problem(
                                HttpStatus.NOT_FOUND,
                                "The console has read no message of this order, or has forgotten it. The order-service knows all orders."));
    }

    @GetMapping("/api/strays")
    List<StrayView> strays() {
        return orders.strays();
    }

    @GetMapping("/api/products")
    List<ProductChanged> products() {
        return orders.products();
    }

    @GetMapping("/api/links")
    Links links() {
        return links;
    }

    private static ErrorResponseException problem(HttpStatus status, String detail) {
        return new ErrorResponseException(status, ProblemDetail.forStatusAndDetail(status, detail), null);
    }
}
