package io.orderly.inventory.catalogue.web;

import io.orderly.contracts.Sku;
import io.orderly.inventory.catalogue.CatalogueBehindException;
import io.orderly.inventory.catalogue.Category;
import io.orderly.inventory.catalogue.CurrencyMismatchException;
import io.orderly.inventory.catalogue.Pricing;
import io.orderly.inventory.catalogue.Product;
import io.orderly.inventory.catalogue.ProductReads;
import io.orderly.inventory.catalogue.Reviews;
import io.orderly.inventory.stock.StockItem;
import io.orderly.inventory.stock.StockItems;
import io.orderly.inventory.stock.StockLevel;
import io.orderly.kit.session.Session;
import io.orderly.kit.web.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Window;
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

    private static final Limit MAX_REVIEWS = Limit.of(100);

    private final ProductReads products;
    private final Reviews reviews;
    private final StockItems stock;
    private final Pricing pricing;

    ProductController(ProductReads products, Reviews reviews, StockItems stock, Pricing pricing) {
        this.products = products;
        this.reviews = reviews;
        this.stock = stock;
        this.pricing = pricing;
    }

    @GetMapping
    @Operation(
            summary = "A page of products in the order of their SKUs; continue with next until it is absent",
            description =
                    "The products from one SKU, inclusive, to another, exclusive, if these are given; also if they are in several shards.")
    ProductPage page(
            @RequestParam(required = false) @Nullable Category category,
            @RequestParam(required = false) @Nullable Sku from,
            @RequestParam(required = false) @Nullable Sku to,
            @RequestParam(required = false) @Nullable Sku after,
            @RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit,
            Session session) {
        if (from != null && to != null && from.compareTo(to) >= 0) {
            throw ProblemException.invalid("to", "must be above from");
        }
        return ProductPage.of(list(session, seen -> products.list(category, from, to, after, limit, seen)));
    }

    @GetMapping("/{sku}")
    @Operation(summary = "A product")
    ProductView product(@PathVariable Sku sku, Session session) {
        return ProductView.of(find(sku, session));
    }

    @GetMapping("/{sku}/reviews")
    @Operation(summary = "The latest reviews of a product")
    List<ReviewView> reviews(@PathVariable Sku sku) {
        products.find(sku, 0).orElseThrow(() -> unknown(sku));
        return latestReviews(sku);
    }

    @GetMapping("/{sku}/details")
    @Operation(summary = "The contents of a product page")
    ProductDetails details(@PathVariable Sku sku, Session session) {
        StockLevel level = stock.findById(sku.value()).map(StockItem::level).orElseThrow(() -> unknown(sku));
        return new ProductDetails(ProductView.of(find(sku, session)), level, latestReviews(sku));
    }

    private List<ReviewView> latestReviews(Sku sku) {
        return reviews.findBySkuOrderByWrittenOnDescIdDesc(sku.value(), MAX_REVIEWS).stream()
                .map(ReviewView::of)
                .toList();
    }

    /** The number of queries does not depend on the number of products. */
    @GetMapping("/details")
    @Operation(summary = "The contents of several product pages")
    ProductDetailsPage details(
            @RequestParam(required = false) @Nullable Category category,
            @RequestParam(required = false) @Nullable Sku after,
            @RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit,
            Session session) {
        ProductPage page =
                ProductPage.of(list(session, seen -> products.list(category, null, null, after, limit, seen)));
        List<String> skus =
                page.products().stream().map(product -> product.sku().value()).toList();
        Map<Sku, StockLevel> levels = stock.findAllById(skus).stream()
                .map(StockItem::level)
                .collect(Collectors.toMap(StockLevel::sku, Function.identity()));
        Map<Sku, List<ReviewView>> reviewed =
                reviews.findLatest(skus.toArray(String[]::new), MAX_REVIEWS.max()).stream()
                        .map(ReviewView::of)
                        .collect(Collectors.groupingBy(ReviewView::sku));
        return new ProductDetailsPage(
                page.products().stream()
                        .map(product -> new ProductDetails(
                                product,
                                Objects.requireNonNull(levels.get(product.sku())),
                                reviewed.getOrDefault(product.sku(), List.of())))
                        .toList(),
                page.next());
    }

    /** Idempotent: setting the current price again succeeds. */
    @PutMapping("/{sku}/price")
    @Operation(summary = "Changes the price of a product")
    ProductView changePrice(@PathVariable Sku sku, @RequestBody Price price, Session session) {
        try {
            Product changed = pricing.change(sku, price.toMoney()).orElseThrow(() -> unknown(sku));
            session.saw(changed.revision());
            return ProductView.of(changed);
        } catch (CurrencyMismatchException e) {
            throw ProblemException.unprocessable("currency", e.getMessage());
        }
    }

    /** The product, as a part of what the client has seen from now on. */
    private Product find(Sku sku, Session session) {
        try {
            Product product = products.find(sku, session.seen()).orElseThrow(() -> unknown(sku));
            session.saw(product.revision());
            return product;
        } catch (CatalogueBehindException _) {
            throw session.behind();
        }
    }

    /** @param query of the products, not older than a revision of the catalogue */
    private static Window<Product> list(Session session, LongFunction<Window<Product>> query) {
        try {
            Window<Product> page = query.apply(session.seen());
            page.forEach(product -> session.saw(product.revision()));
            return page;
        } catch (CatalogueBehindException _) {
            throw session.behind();
        }
    }

    private static ProblemException unknown(Sku sku) {
        return ProblemException.notFound("There is no product " + sku + ".");
    }
}
