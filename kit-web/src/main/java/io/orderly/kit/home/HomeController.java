package io.orderly.kit.home;

import io.swagger.v3.oas.annotations.Operation;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers in the media type that the client prefers. */
@RestController
class HomeController {

    private final HomePage page;

    HomeController(HomePage page) {
        this.page = page;
    }

    @GetMapping(path = "/", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "What this service has, and where", tags = "Home")
    Home data() {
        return page.data();
    }

    @GetMapping(path = "/", produces = MediaType.TEXT_HTML_VALUE)
    @Operation(summary = "What this service has, and where", tags = "Home")
    String html() {
        return page.html();
    }
}
