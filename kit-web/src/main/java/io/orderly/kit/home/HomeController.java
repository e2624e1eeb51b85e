package io.orderly.kit.home;

import io.swagger.v3.oas.annotations.Operation;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Serves the page as JSON or HTML, as the client prefers. */
@RestController
class HomeController {

    private final HomePage page;

    HomeController(HomePage page) {
        this.page = page;
    }

    @GetMapping(path = "/", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Lists the resources and operations of this service", tags = "Home")
    Home data() {
        return page.data();
    }

    @GetMapping(path = "/", produces = MediaType.TEXT_HTML_VALUE)
    @Operation(summary = "Lists the resources and operations of this service", tags = "Home")
    String html() {
        return page.html();
    }
}
