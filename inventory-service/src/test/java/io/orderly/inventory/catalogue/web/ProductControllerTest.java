package io.orderly.inventory.catalogue.web;

import static io.orderly.kit.testing.ProblemAssert.assertInvalidRequest;
import static io.orderly.kit.testing.ProblemAssert.assertNotFound;
import static io.orderly.kit.testing.ProblemAssert.assertProblem;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.verifyNoInteractions;

import io.orderly.contracts.Money;
import io.orderly.contracts.Sku;
import io.orderly.inventory.catalogue.Pricing;
import io.orderly.inventory.catalogue.ProductReads;
import io.orderly.inventory.catalogue.Reviews;
import io.orderly.inventory.stock.StockItems;
import io.orderly.kit.testing.ControllerSlice;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@WebMvcTest(ProductController.class)
@Import(ControllerSlice.class)
class ProductControllerTest {

    private static final Sku LAMP = new Sku("LAMP-1");

    @Autowired
    MockMvcTester http;

    @MockitoBean
    ProductReads products;

    @MockitoBean
    Reviews reviews;

    @MockitoBean
    StockItems stock;

    @MockitoBean
    Pricing pricing;

    @ParameterizedTest
    @CsvSource({
        "/products?limit=, limit",
        "/products?limit=0, limit",
        "/products?limit=201, limit",
        "/products?limit=many, limit",
        "/products/details?limit=1&limit=2, limit",
        "/products?after=, after",
        "/products?after=lower-case, after",
        "/products?category=, category",
        "/products?category=CHEESE, category",
        "/products?categroy=KITCHEN, categroy",
        "/products/lower-case, sku",
        "/products/lower-case/details, sku",
        "/products/lower-case/reviews, sku"
    })
    void rejectsInvalidAndUnknownParameters(String uri, String parameter) {
        MvcTestResult result = http.get().uri(URI.create(uri)).exchange();

        assertInvalidRequest(result, parameter);
        verifyNoInteractions(products, reviews, stock);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/reviews", "/details"})
    void reportsAnUnknownProduct(String resource) {
        given(products.find(LAMP, 0)).willReturn(Optional.empty());
        given(stock.findById(LAMP.value())).willReturn(Optional.empty());

        MvcTestResult result = http.get().uri("/products/LAMP-1" + resource).exchange();

        assertNotFound(result, "There is no product LAMP-1.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"amount\":\"0.00\",\"currency\":\"EUR\"}         | amount",
                "{\"amount\":\"-1.00\",\"currency\":\"EUR\"}        | amount",
                "{\"amount\":\"12e-1\",\"currency\":\"EUR\"}        | amount",
                "{\"amount\":\"1.2\",\"currency\":\"EUR\"}          | amount",
                "{\"amount\":\" 1.20\",\"currency\":\"EUR\"}        | amount",
                "{\"amount\":\"+1.20\",\"currency\":\"EUR\"}        | amount",
                "{\"amount\":1.20,\"currency\":\"EUR\"}             | amount",
                "{\"amount\":\"1.001\",\"currency\":\"EUR\"}        | amount",
                "{\"amount\":\"10000000.01\",\"currency\":\"EUR\"}  | amount",
                "{\"amount\":\"1e99999\",\"currency\":\"EUR\"}      | amount",
                "{\"amount\":\"many\",\"currency\":\"EUR\"}         | amount",
                "{\"currency\":\"EUR\"}                             | amount",
                "{\"amount\":\"1.00\",\"currency\":\"eur\"}         | currency",
                "{\"amount\":\"1.00\"}                              | currency"
            })
    void rejectsInvalidPrices(String body, String field) {
        MvcTestResult result = changePrice(body);

        assertInvalidRequest(result, field);
        verifyNoInteractions(pricing);
    }

    @Test
    void reportsAPriceForAnUnknownProduct() {
        given(pricing.change(LAMP, Money.euros("1.00"))).willReturn(Optional.empty());

        assertProblem(changePrice("{\"amount\":\"1.00\",\"currency\":\"EUR\"}"), 404);
    }

    private MvcTestResult changePrice(String body) {
        return http.put()
                .uri("/products/LAMP-1/price")
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }
}
