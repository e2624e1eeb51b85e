package io.orderly.kit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orderly.contracts.Money;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Answers as it is told to, whatever its description says. */
@RestController
class MisdescribedController {

    private volatile ResponseEntity<byte[]> answer = ResponseEntity.noContent().build();

    record Told(Money price, String word, @Nullable String note) {}

    void tell(int status, MediaType type, String location, String body) {
        var started = ResponseEntity.status(status).contentType(type);
        answer = (location.isEmpty() ? started : started.header("Location", location)).body(body.getBytes(UTF_8));
    }

    @GetMapping("/test-lies/{number}")
    @ApiResponse(
            responseCode = "200",
            description = "The truth",
            headers = @Header(name = "Location", required = true, schema = @Schema(type = "string")),
            content = @Content(schema = @Schema(implementation = Told.class)))
    ResponseEntity<byte[]> hear(
            @PathVariable int number, @Parameter(hidden = true) @RequestParam(required = false) @Nullable String more) {
        return answer;
    }

    /** Takes any body although it describes none. */
    @PostMapping("/test-lies")
    void take() {}
}
