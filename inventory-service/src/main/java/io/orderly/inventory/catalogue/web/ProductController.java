package io.orderly.inventory.catalogue.web;

import io.orderly.contracts.Sku;
import io.orderly.inventory.catalogue.Category;
import io.orderly.inventory.catalogue.CurrencyMismatchException;
import io.orderly.inventory.catalogue.Pricing;
import io.orderly.inventory.catalogue.Product;
import io.orderly.inventory.catalogue.Products;
import io.orderly.inventory.catalogue.Review;
import io.orderly.inventory.catalogue.Reviews;
import io.orderly.inventory.stock.StockLevel;
import io.orderly.inventory.stock.StockLevels;
import io.orderly.kit.web.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/products")
@Tag(name = "Products")
class ProductController {

    private static final int MAX_REVIEWS = 100;

    private final Products products;
    private final Reviews reviews;
    private final StockLevels stock;
    private final Pricing pricing;

    ProductController(Products products, Reviews reviews, StockLevels stock, Pricing pricing) {
        this.products = products;
        this.reviews = reviews;
        this.stock = stock;
        this.pricing = pricing;
    }

    @GetMapping
    @Operation(summary = "Products, in the order of their SKUs; go on with next while there is one")
    ProductPage page(
            @RequestParam(required = false) @Nullable Category category,
            @RequestParam(required = false) @Nullable Sku after,
            @RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit) {
        return ProductPage.of(products.list(category, after, limit + 1), limit);
    }

    @GetMapping("/{sku}")
    @Operation(summary = "A product")
    Product product(@PathVariable Sku sku) {
        return products.find(sku).orElseThrow(() -> unknown(sku));
    }

    @GetMapping("/{sku}/reviews")
    @Operation(summary = "The latest reviews of a product")
    List<Review> reviews(@PathVariable Sku sku) {
        Product reviewed = product(sku);
        return reviews.latest(reviewed.sku(), MAX_REVIEWS);
    }

    @GetMapping("/{sku}/details")
    @Operation(summary = "All that a product's page shows")
    ProductDetails details(@PathVariable Sku sku) {
        return new ProductDetails(
                product(sku), stock.find(sku).orElseThrow(() -> unknown(sku)), reviews.latest(sku, MAX_REVIEWS));
    }

    /** As many queries as for one product. */
    @GetMapping("/details")
    @Operation(summary = "All that the pages of some products show")
    ProductDetailsPage details(
            @RequestParam(required = false) @Nullable Category category,
            @RequestParam(required = false) @Nullable Sku after,
            @RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit) {
        ProductPage page = ProductPage.of(products.list(category, after, limit + 1), limit);
        List<Sku> skus = page.products().stream().map(Product::sku).toList();
        Map<Sku, StockLevel> levels = stock.find(skus);
        Map<Sku, List<Review>> reviewed = reviews.latest(skus, MAX_REVIEWS);
        return new ProductDetailsPage(
                page.products().stream()
                        .map(product -> new ProductDetails(
                                product,
                                Objects.requireNonNull(levels.get(product.sku())),
                                reviewed.getOrDefault(product.sku(), List.of())))
                        .toList(),
                page.next());
    }

    /** Not an error if the product costs that already, so that a request can be repeated. */
    @PutMapping("/{sku}/price")
    @Operation(summary = "Changes the price of a product")
    Product changePrice(@PathVariable Sku sku, @RequestBody Price price) {
        try {
            return pricing.change(sku, price.toMoney()).orElseThrow(() -> unknown(sku));
        } catch (CurrencyMismatchException e) {
            throw ProblemException.unprocessable("currency", e.getMessage());
        }
    }

    private static ProblemException unknown(Sku sku) {
        return ProblemException.notFound("There is no product " + sku + ".");
    }
}
