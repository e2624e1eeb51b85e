package io.orderly.order.products.web;

import io.orderly.contracts.Sku;
import io.orderly.kit.session.Session;
import io.orderly.kit.web.ProblemException;
import io.orderly.order.participants.ParticipantProblems;
import io.orderly.order.products.ProductDetails;
import io.orderly.order.products.ProductDetailsClient;
import io.orderly.order.products.ProductDetailsPage;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.RestClientException;
import tools.jackson.databind.JsonNode;

@RestController
@Tag(name = "Products")
class ProductDetailsController {

    private static final int MAX_PAGE = 200;

    private final ProductDetailsClient productDetails;

    ProductDetailsController(ProductDetailsClient productDetails) {
        this.productDetails = productDetails;
    }

    @GetMapping("/products/{sku}/details")
    @Operation(summary = "The contents of a product page, fetched by one remote call")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ProductDetails.class)))
    JsonNode details(@PathVariable Sku sku, Session session) {
        return call(sku, session, () -> productDetails.details(sku, session));
    }

    @GetMapping("/products/details")
    @Operation(summary = "The contents of several product pages, fetched by one remote call")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ProductDetailsPage.class)))
    JsonNode page(
            @RequestParam(required = false) @Nullable Sku after,
            @RequestParam(defaultValue = "20") @Min(1) @Max(MAX_PAGE) int limit,
            Session session) {
        return call(null, session, () -> productDetails.page(after, limit, session));
    }

    /** @param sku the requested product; null if the request is for several products */
    private static <T> T call(@Nullable Sku sku, Session session, Supplier<T> request) {
        try {
            return request.get();
        } catch (HttpClientErrorException.NotFound e) {
            throw sku == null ? unavailable() : ProblemException.notFound("There is no product " + sku + ".");
        } catch (HttpServerErrorException.ServiceUnavailable e) {
            throw isBehind(e) ? session.behind() : unavailable();
        } catch (RestClientException _) {
            throw unavailable();
        }
    }

    private static boolean isBehind(HttpServerErrorException e) {
        return e.getResponseBodyAsString().contains('"' + Session.BEHIND.uri() + '"');
    }

    private static ProblemException unavailable() {
        return new ProblemException(
                ParticipantProblems.UNAVAILABLE, "The inventory-service does not respond, or responds with an error.");
    }
}
