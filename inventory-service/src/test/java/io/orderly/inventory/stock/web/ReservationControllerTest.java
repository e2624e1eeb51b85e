package io.orderly.inventory.stock.web;

import static io.orderly.kit.testing.ProblemAssert.assertInvalidRequest;
import static io.orderly.kit.testing.ProblemAssert.assertProblem;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.verifyNoInteractions;

import io.orderly.contracts.OrderId;
import io.orderly.inventory.stock.ReservationLists;
import io.orderly.inventory.stock.StockItems;
import io.orderly.kit.testing.ControllerSlice;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@WebMvcTest(ReservationController.class)
@Import(ControllerSlice.class)
class ReservationControllerTest {

    @Autowired
    MockMvcTester http;

    @MockitoBean
    ReservationLists reservations;

    @MockitoBean
    StockItems stock;

    @ParameterizedTest
    @CsvSource({
        "/products/KIT-001/reservations?limit=0, limit",
        "/products/KIT-001/reservations?limit=201, limit",
        "/products/KIT-001/reservations?limit=, limit",
        "/products/KIT-001/reservations?after=, after",
        "/products/KIT-001/reservations?after=17, after",
        "/products/lower-case/reservations, sku",
        "/reservations/17, orderId"
    })
    void rejectsInvalidParameters(String uri, String parameter) {
        MvcTestResult result = http.get().uri(URI.create(uri)).exchange();

        assertInvalidRequest(result, parameter);
        verifyNoInteractions(reservations, stock);
    }

    @Test
    void reportsAnOrderWithoutReservation() {
        OrderId order = new OrderId(UUID.fromString("0199f2c8-7c00-7000-8000-000000000001"));
        given(reservations.findByOrderIdOrderBySku(order.value())).willReturn(List.of());

        assertProblem(http.get().uri("/reservations/" + order).exchange(), 404);
    }

    @Test
    void reportsAnUnknownProduct() {
        given(stock.existsById("LAMP-1")).willReturn(false);

        assertProblem(http.get().uri("/products/LAMP-1/reservations").exchange(), 404);
        verifyNoInteractions(reservations);
    }
}
