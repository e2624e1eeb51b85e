package io.orderly.console.actions;

import io.orderly.console.upstream.Upstream;
import io.orderly.console.upstream.Upstreams;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Passes faults to the launcher, which checks and injects them. See {@link Loopback} for who may do so. */
@RestController
class FaultActions {

    /** A restart ends, and a kill is healed, when the process is ready again. */
    private static final Duration UNTIL_READY = Duration.ofMinutes(3);

    private static final int MAX_FAULT_BYTES = 8 << 10;

    /** Ids and names that need no escape in a path. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,60}");

    private static final byte[] NOTHING = {};

    private final @Nullable Upstream control;

    FaultActions(Upstreams upstreams) {
        this.control = upstreams.faultControl();
    }

    /** The processes and links that faults can affect, and the active faults. */
    @GetMapping("/api/faults")
    ResponseEntity<byte[]> overview() throws InterruptedException {
        return control().get("/faults");
    }

    @GetMapping("/api/crash-points/{service}")
    ResponseEntity<byte[]> crashPoints(@PathVariable String service) throws InterruptedException {
        return control().get("/crash-points/" + requireName(service));
    }

    /** @param seconds until the fault ends; null if it lasts until it is ended */
    @PostMapping(path = "/api/faults", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> inject(@RequestParam(required = false) @Nullable Integer seconds, @RequestBody byte[] fault)
            throws InterruptedException {
        if (fault.length > MAX_FAULT_BYTES) {
            throw Upstream.problem(
                    HttpStatus.CONTENT_TOO_LARGE, "A fault has at most %d bytes.".formatted(MAX_FAULT_BYTES));
        }
        String path = seconds == null ? "/faults" : "/faults?seconds=" + seconds;
        return control().send("POST", path, Map.of(), fault, UNTIL_READY);
    }

    @DeleteMapping("/api/faults/{id}")
    ResponseEntity<byte[]> end(@PathVariable String id) throws InterruptedException {
        return control().send("DELETE", "/faults/" + requireName(id), Map.of(), NOTHING, UNTIL_READY);
    }

    @DeleteMapping("/api/faults")
    ResponseEntity<byte[]> endAll() throws InterruptedException {
        return control().send("DELETE", "/faults", Map.of(), NOTHING, UNTIL_READY);
    }

    private Upstream control() {
        return Optional.ofNullable(control)
                .orElseThrow(() -> Upstream.problem(
                        HttpStatus.NOT_FOUND, "The system accepts no faults: it was started without --faults."));
    }

    private static String requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw Upstream.problem(HttpStatus.NOT_FOUND, "There is nothing of this name.");
        }
        return name;
    }
}
