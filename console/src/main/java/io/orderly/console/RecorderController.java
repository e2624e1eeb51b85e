package io.orderly.console;

import io.orderly.console.faults.FaultWatch;
import io.orderly.console.recorder.Documents;
import io.orderly.console.recorder.Recording;
import io.orderly.console.upstream.Upstream;
import java.nio.charset.StandardCharsets;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The last ten minutes, and documents of them. */
@RestController
class RecorderController {

    private final WatchedOrders orders;
    private final FaultWatch faults;

    RecorderController(WatchedOrders orders, FaultWatch faults) {
        this.orders = orders;
        this.faults = faults;
    }

    @GetMapping("/api/recording")
    Recording recording() {
        return Recording.of(orders.tracks(), faults.view(), orders.forgotten(), System.currentTimeMillis());
    }

    /**
     * @param from in milliseconds since the epoch
     * @param to not before {@code from}
     */
    @GetMapping("/api/recording/export")
    ResponseEntity<byte[]> export(@RequestParam long from, @RequestParam long to) {
        if (from > to) {
            throw Upstream.problem(HttpStatus.BAD_REQUEST, "The end is before the beginning.");
        }
        Recording recording = recording();
        return file("recording.html", Documents.of(recording, from, to));
    }

    @GetMapping("/api/orders/{id}/export")
    ResponseEntity<byte[]> export(@PathVariable String id) {
        return file(
                "order-" + id + ".html",
                Documents.of(
                        orders.order(id)
                                .orElseThrow(() -> Upstream.problem(
                                        HttpStatus.NOT_FOUND,
                                        "The console does not know this order, or has forgotten it.")),
                        faults.view()));
    }

    /** A file that the browser stores: the policy of the page forbids what is in a document. */
    private static ResponseEntity<byte[]> file(String name, String html) {
        return ResponseEntity.ok()
                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(name).build().toString())
                .body(html.getBytes(StandardCharsets.UTF_8));
    }
}
