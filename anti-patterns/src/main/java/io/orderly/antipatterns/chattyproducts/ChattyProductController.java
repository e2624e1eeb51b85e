package io.orderly.antipatterns.chattyproducts;

import io.orderly.antipatterns.chattyproducts.ChattyProducts.Mode;
import io.orderly.contracts.Sku;
import io.orderly.kit.web.ProblemException;
import io.orderly.order.participants.ParticipantProblems;
import io.orderly.order.products.ProductDetails;
import io.orderly.order.products.ProductDetailsPage;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClientException;

@RestController
@RequestMapping("/anti-patterns/chatty/products")
@Tag(name = "Anti-pattern: chatty interface")
class ChattyProductController {

    private static final int MAX_PAGE = 200;

    private final ChattyProducts chatty;

    ChattyProductController(ChattyProducts chatty) {
        this.chatty = chatty;
    }

    @GetMapping("/{sku}")
    @Operation(summary = "The details of a product, by three remote calls", description = """
                    The pattern is `GET /products/{sku}/details`.

                    **What is wrong with it.** Every call costs a network round trip. Sequential calls add up; parallel \
                    calls take as long as the slowest, and triple the load on the network and the other service. If one \
                    call fails, the whole request fails. The three answers are not from the same point in time.

                    **When it is right.** The parts belong to different services, change at different rates so that some \
                    can be cached, or are rarely needed together.""")
    ProductDetails chattyDetails(@PathVariable Sku sku, @RequestParam(defaultValue = "sequential") String mode)
            throws InterruptedException {
        Mode chosen = modeOf(mode);
        return call(sku, () -> chatty.details(sku, chosen));
    }

    @GetMapping
    @Operation(summary = "A page of product details, by three remote calls per product")
    ProductDetailsPage chattyPage(
            @RequestParam(required = false) @Nullable Sku after,
            @RequestParam(defaultValue = "20") @Min(1) @Max(MAX_PAGE) int limit,
            @RequestParam(defaultValue = "sequential") String mode)
            throws InterruptedException {
        Mode chosen = modeOf(mode);
        return call(null, () -> chatty.page(after, limit, chosen));
    }

    private static Mode modeOf(String mode) {
        return Arrays.stream(Mode.values())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(mode))
                .findFirst()
                .orElseThrow(() -> ProblemException.invalid("mode", "must be sequential or parallel"));
    }

    /** @param sku the requested product; null for a page of products */
    private static <T> T call(@Nullable Sku sku, Callable<T> request) throws InterruptedException {
        try {
            return request.call();
        } catch (HttpClientErrorException.NotFound e) {
            throw sku == null ? unavailable() : ProblemException.notFound("There is no product " + sku + ".");
        } catch (RestClientException _) {
            throw unavailable();
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static ProblemException unavailable() {
        return new ProblemException(ParticipantProblems.UNAVAILABLE, "The inventory-service gave no valid answer.");
    }
}
