package io.orderly.inventory.stock.web;

import static io.orderly.kit.testing.ProblemAssert.assertInvalidRequest;
import static io.orderly.kit.testing.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.verifyNoInteractions;

import io.orderly.contracts.Sku;
import io.orderly.inventory.stock.Restocking;
import io.orderly.inventory.stock.StockItem;
import io.orderly.inventory.stock.StockItems;
import io.orderly.inventory.stock.StockLevel;
import io.orderly.kit.idempotency.IdempotencyKeys;
import io.orderly.kit.idempotency.IdempotentResponse;
import io.orderly.kit.testing.ControllerSlice;
import io.orderly.kit.testing.IdempotencySlice;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@WebMvcTest(StockController.class)
@Import({ControllerSlice.class, IdempotencySlice.class})
class StockControllerTest {

    private static final Sku LAMP = new Sku("LAMP-1");

    @Autowired
    MockMvcTester http;

    @MockitoBean
    StockItems stock;

    @MockitoBean
    Restocking restocking;

    @MockitoBean
    IdempotencyKeys keys;

    @BeforeEach
    void treatEveryRequestAsNew() {
        given(keys.once(any(), any()))
                .willAnswer(call ->
                        call.<Supplier<IdempotentResponse>>getArgument(1).get());
    }

    @Test
    void returnsTheStockOfAProduct() {
        given(stock.findById("LAMP-1")).willReturn(Optional.of(new StockItem(LAMP, 5)));

        MvcTestResult result = http.get().uri("/products/LAMP-1/stock").exchange();

        assertThat(result).hasStatusOk();
        assertThat(result)
                .bodyJson()
                .isStrictlyEqualTo("{\"sku\":\"LAMP-1\",\"onHand\":5,\"reserved\":0,\"shipped\":0}");
    }

    @Test
    void returnsTheNewStockLevelOfARestock() {
        given(restocking.restock(LAMP, 7)).willReturn(Optional.of(new StockLevel(LAMP, 12, 1, 0)));

        MvcTestResult result = restock("{\"quantity\":7}");

        assertThat(result).hasStatusOk();
        assertThat(result)
                .bodyJson()
                .isStrictlyEqualTo("{\"sku\":\"LAMP-1\",\"onHand\":12,\"reserved\":1,\"shipped\":0}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"quantity\":0}          | quantity",
                "{\"quantity\":-1}         | quantity",
                "{\"quantity\":1.5}        | quantity",
                "{\"quantity\":\"1\"}      | quantity",
                "{\"quantity\":null}       | quantity",
                "{\"quantity\":1000001}    | quantity",
                "{\"quantity\":1e400}      | quantity",
                "{}                        | quantity",
                "{\"quantity\":1,\"b\":2}  | b"
            })
    void rejectsInvalidRestocks(String body, String field) {
        MvcTestResult result = restock(body);

        assertInvalidRequest(result, field);
        verifyNoInteractions(restocking);
    }

    @Test
    void reportsAnUnknownProduct() {
        given(restocking.restock(LAMP, 1)).willReturn(Optional.empty());
        given(stock.findById("LAMP-1")).willReturn(Optional.empty());

        assertProblem(restock("{\"quantity\":1}"), 404);
        assertProblem(http.get().uri("/products/LAMP-1/stock").exchange(), 404);
    }

    private MvcTestResult restock(String body) {
        return http.post()
                .uri("/products/LAMP-1/restock")
                .header("Idempotency-Key", "key-1")
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }
}
