package io.orderly.order.web;

import static io.orderly.kit.testing.ProblemAssert.assertInvalidRequest;
import static io.orderly.kit.testing.ProblemAssert.assertNotFound;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.verifyNoInteractions;

import io.orderly.contracts.CustomerId;
import io.orderly.kit.testing.ControllerSlice;
import io.orderly.order.Order;
import io.orderly.order.OrderFilter;
import io.orderly.order.OrderLists;
import io.orderly.order.OrderStatus;
import io.orderly.order.SampleOrders;
import io.orderly.order.process.Sagas;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Window;
import org.springframework.http.MediaType;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@WebMvcTest(OrderController.class)
@Import(ControllerSlice.class)
class OrderControllerTest {

    private final Order order = SampleOrders.of("alice");

    @Autowired
    MockMvcTester http;

    @MockitoBean
    OrderLists orders;

    @MockitoBean
    Sagas sagas;

    @Test
    void returnsAPageWithTheCursorOfTheNextPage() {
        var filter = new OrderFilter(new CustomerId("alice"), OrderStatus.PENDING, null);
        given(orders.newestFirst(filter, 1))
                .willReturn(Window.from(List.of(order), _ -> ScrollPosition.keyset(), true));

        MvcTestResult result = get("/orders?customer=alice&status=PENDING&limit=1");

        assertThat(result).hasStatusOk();
        assertThat(result)
                .bodyJson()
                .extractingPath("$.orders[*].id")
                .asArray()
                .containsExactly(order.id().toString());
        assertThat(result).bodyJson().extractingPath("$.next").isEqualTo(new OrderCursor(order.id()).toString());
    }

    @Test
    void continuesAfterTheCursor() {
        given(orders.newestFirst(new OrderFilter(null, null, order.id()), 20))
                .willReturn(Window.from(List.of(order), _ -> ScrollPosition.keyset(), false));

        MvcTestResult result = get("/orders?after=" + new OrderCursor(order.id()));

        assertThat(result).hasStatusOk();
        assertThat(result).bodyJson().doesNotHavePath("$.next");
    }

    @Test
    void theFirstVersionOfTheListHasLinesAndAddressesAndSaysThatItIsDeprecated() {
        given(orders.newestFirst(new OrderFilter(null, null, null), 20))
                .willReturn(Window.from(List.of(order), _ -> ScrollPosition.keyset(), false));

        for (MvcTestResult result : List.of(get("/orders"), get("/orders", "1"))) {
            assertThat(result).bodyJson().hasPath("$.orders[0].address.street");
            assertThat(result).bodyJson().hasPath("$.orders[0].lines[0].sku");
            assertThat(result).hasHeader("Deprecation", "@1796083200");
            assertThat(result).hasHeader("Sunset", "Wed, 1 Dec 2027 00:00:00 GMT");
        }
    }

    @Test
    void theSecondVersionOfTheListHasSummaries() {
        given(orders.newestFirst(new OrderFilter(null, null, null), 20))
                .willReturn(Window.from(List.of(order), _ -> ScrollPosition.keyset(), true));

        MvcTestResult result = get("/orders", "2");

        assertThat(result).doesNotContainHeader("Deprecation");
        assertThat(result).bodyJson().doesNotHavePath("$.orders[0].address");
        assertThat(result)
                .bodyJson()
                .extractingPath("$.orders[0].lines")
                .isEqualTo(order.lines().size());
        assertThat(result).bodyJson().extractingPath("$.next").isEqualTo(new OrderCursor(order.id()).toString());
    }

    @Test
    void whatIsTheSameInBothVersionsIsNotDeprecated() {
        given(sagas.find(order.id())).willReturn(Optional.empty());

        for (String version : List.of("1", "2")) {
            MvcTestResult result = get("/orders/" + order.id(), version);
            assertThat(result).hasStatus(404);
            assertThat(result).doesNotContainHeader("Deprecation");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "3", "2.1", "two", "-1", "v1", "001x", "", "99999999999999999999", "<script>"})
    void otherVersionsAreRefused(String version) {
        MvcTestResult result = get("/orders", version);

        assertThat(result).hasStatus(400);
        assertThat(result).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        verifyNoInteractions(orders);
    }

    @ParameterizedTest
    @CsvSource({
        "limit=, limit",
        "limit=0, limit",
        "limit=101, limit",
        "limit=many, limit",
        "limit=0x10, limit",
        "limit=1&limit=2, limit",
        "status=, status",
        "status=LOST, status",
        "status=pending, status",
        "status=%20PENDING, status",
        "status=PENDING&status=PARKED, status",
        "customer=, customer",
        "customer=a%2Fb, customer",
        "customer=a%00b, customer",
        "customer=0123456789012345678901234567890123456789012345678901234567890123456789, customer",
        "after=, after",
        "after=zzz, after",
        "after=AAAAAAAAAAAAAAAAAAAAA!, after",
        "after=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA, after",
        "statsu=PARKED, statsu"
    })
    void rejectsInvalidAndUnknownQueryParameters(String query, String parameter) {
        MvcTestResult result = get("/orders?" + query);

        assertInvalidRequest(result, parameter);
        verifyNoInteractions(orders);
    }

    @Test
    void reportsAnUnknownOrder() {
        given(sagas.find(order.id())).willReturn(Optional.empty());

        MvcTestResult result = get("/orders/" + order.id());

        assertNotFound(result, "There is no order " + order.id() + ".");
    }

    private MvcTestResult get(String uri, String version) {
        return http.get().uri(URI.create(uri)).header("API-Version", version).exchange();
    }

    private MvcTestResult get(String uri) {
        return http.get().uri(URI.create(uri)).exchange();
    }
}
