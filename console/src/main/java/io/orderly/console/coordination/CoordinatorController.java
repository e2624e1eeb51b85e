package io.orderly.console.coordination;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the page about the coordinator reads. */
@RestController
class CoordinatorController {

    private final CoordinatorReader reader;

    CoordinatorController(CoordinatorReader reader) {
        this.reader = reader;
    }

    @GetMapping("/api/coordinator")
    CoordinatorView coordinator() throws InterruptedException {
        return reader.view();
    }
}
