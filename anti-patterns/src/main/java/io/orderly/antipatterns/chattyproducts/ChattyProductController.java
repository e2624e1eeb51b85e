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
    @Operation(summary = "All that a product's page shows, by three remote calls", description = """
                    The pattern is `GET /products/{sku}/details`.

                    **What is wrong with it.** Every call pays for the way there and back. One after the other they add \
                    up; at once they take as long as the slowest of them and load the network and the other service three \
                    times. One that fails spoils all. And the three answers belong to three moments.

                    **When it is right.** The parts come from different owners, change at different paces so that some \
                    can be cached, or are seldom needed together.""")
    ProductDetails chattyDetails(@PathVariable Sku sku, @RequestParam(defaultValue = "sequential") String mode)
            throws InterruptedException {
        Mode chosen = modeOf(mode);
        return ask(sku, () -> chatty.details(sku, chosen));
    }

    @GetMapping
    @Operation(summary = "The same for a page of products, by three remote calls for each")
    ProductDetailsPage chattyPage(
            @RequestParam(required = false) @Nullable Sku after,
            @RequestParam(defaultValue = "20") @Min(1) @Max(MAX_PAGE) int limit,
            @RequestParam(defaultValue = "sequential") String mode)
            throws InterruptedException {
        Mode chosen = modeOf(mode);
        return ask(null, () -> chatty.page(after, limit, chosen));
    }

    private static Mode modeOf(String mode) {
        return Arrays.stream(Mode.values())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(mode))
                .findFirst()
                .orElseThrow(() -> ProblemException.invalid("mode", "must be sequential or parallel"));
    }

    /** @param sku the product that is asked for; null if it is several */
    private static <T> T ask(@Nullable Sku sku, Callable<T> question) throws InterruptedException {
        try {
            return question.call();
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
        return new ProblemException(ParticipantProblems.UNAVAILABLE, "The inventory-service gives no proper answer.");
    }
}
