package io.orderly.console.actions;

import io.orderly.console.upstream.Upstream;
import io.orderly.console.upstream.Upstreams;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows the settings of a service, and passes changes to it, which it checks. */
@RestController
@RequestMapping("/api/services/{service}/settings")
class SettingActions {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*");
    private static final int MAX_CHANGE_BYTES = 4 << 10;

    private final Upstreams upstreams;

    SettingActions(Upstreams upstreams) {
        this.upstreams = upstreams;
    }

    @GetMapping
    ResponseEntity<byte[]> all(@PathVariable String service) throws InterruptedException {
        return upstreams.service(service).get("/actuator/settings");
    }

    @GetMapping("/{name}")
    ResponseEntity<byte[]> history(@PathVariable String service, @PathVariable String name)
            throws InterruptedException {
        return upstreams.service(service).get(path(name));
    }

    /** @param change the value, or none to delete the stored one; who changes it; and the revision that it replaces */
    @PostMapping(path = "/{name}", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> change(@PathVariable String service, @PathVariable String name, @RequestBody byte[] change)
            throws InterruptedException {
        if (change.length > MAX_CHANGE_BYTES) {
            throw Upstream.problem(
                    HttpStatus.CONTENT_TOO_LARGE, "A change has at most %d bytes.".formatted(MAX_CHANGE_BYTES));
        }
        return upstreams.service(service).send("POST", path(name), Map.of(), change, Upstream.SHORT);
    }

    private static String path(String name) {
        if (!NAME.matcher(name).matches()) {
            throw Upstream.problem(HttpStatus.NOT_FOUND, "There is no such setting.");
        }
        return "/actuator/settings/" + name;
    }
}
