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

/** Returns responses that do not conform to its OpenAPI description, as the test specifies. */
@RestController
class MisdescribedController {

    private volatile ResponseEntity<byte[]> response =
            ResponseEntity.noContent().build();

    record Item(Money price, String word, @Nullable String note) {}

    void respondWith(int status, MediaType type, String location, String body) {
        var builder = ResponseEntity.status(status).contentType(type);
        response = (location.isEmpty() ? builder : builder.header("Location", location)).body(body.getBytes(UTF_8));
    }

    @GetMapping("/misdescribed/{number}")
    @ApiResponse(
            responseCode = "200",
            description = "The item",
            headers = @Header(name = "Location", required = true, schema = @Schema(type = "string")),
            content = @Content(schema = @Schema(implementation = Item.class)))
    ResponseEntity<byte[]> find(
            @PathVariable int number, @Parameter(hidden = true) @RequestParam(required = false) @Nullable String more) {
        return response;
    }

    /** Accepts any body although the description has none. */
    @PostMapping("/misdescribed")
    void accept() {}
}
