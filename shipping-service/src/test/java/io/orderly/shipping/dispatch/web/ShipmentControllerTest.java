package io.orderly.shipping.dispatch.web;

import static io.orderly.kit.testing.ProblemAssert.assertInvalidRequest;
import static io.orderly.kit.testing.ProblemAssert.assertNotFound;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.orderly.contracts.Address;
import io.orderly.contracts.OrderId;
import io.orderly.kit.testing.ControllerSlice;
import io.orderly.shipping.dispatch.Shipment;
import io.orderly.shipping.dispatch.ShipmentFilter;
import io.orderly.shipping.dispatch.ShipmentLists;
import io.orderly.shipping.dispatch.Shipments;
import java.net.URI;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Window;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@WebMvcTest(ShipmentController.class)
@Import(ControllerSlice.class)
class ShipmentControllerTest {

    private static final OrderId ORDER = OrderId.of("0199f2c8-7c00-7000-8000-000000000001");
    private static final OrderId OLDER = OrderId.of("0199f2c8-7c00-7000-8000-000000000000");
    private static final LocalDate MONDAY = LocalDate.of(2026, 11, 23);

    @Autowired
    MockMvcTester http;

    @MockitoBean
    Shipments shipments;

    @MockitoBean
    ShipmentLists lists;

    @Test
    void aShipmentIsShown() {
        Shipment shipment = shipment(ORDER);
        when(shipments.findById(ORDER.value())).thenReturn(Optional.of(shipment));

        MvcTestResult result = get("/shipments/" + ORDER);

        assertThat(result).hasStatusOk();
        assertThat(result).bodyJson().isStrictlyEqualTo("""
                {"orderId":"0199f2c8-7c00-7000-8000-000000000001","shipmentId":"00000000-0000-0001-0000-000000000002",
                 "address":{"name":"Ada","street":"Main Street 1","city":"Town","postalCode":"12345","country":"AT"},
                 "shipsOn":"2026-11-23","state":"SCHEDULED"}""");
    }

    @Test
    void anUnknownShipmentIsAProblemWithStatus404() {
        when(shipments.findById(ORDER.value())).thenReturn(Optional.empty());

        assertNotFound(get("/shipments/" + ORDER), "There is no shipment for order " + ORDER + ".");
    }

    @Test
    void aPageThatIsNotTheLastHasACursor() {
        Window<Shipment> page = page(true, OLDER);
        when(lists.newestFirst(new ShipmentFilter(Shipment.State.SCHEDULED, MONDAY, "AT", ORDER), 1))
                .thenReturn(page);

        MvcTestResult result = get("/shipments?state=SCHEDULED&day=2026-11-23&region=AT&limit=1&after=" + ORDER);

        assertThat(result).hasStatusOk();
        assertThat(result).bodyJson().extractingPath("$.shipments").asArray().hasSize(1);
        assertThat(result).bodyJson().extractingPath("$.next").isEqualTo(OLDER.toString());
    }

    @Test
    void theLastPageHasNoCursor() {
        Window<Shipment> page = page(false, ORDER, OLDER);
        when(lists.newestFirst(new ShipmentFilter(null, null, null, null), 50)).thenReturn(page);

        MvcTestResult result = get("/shipments");

        assertThat(result).hasStatusOk();
        assertThat(result).bodyJson().extractingPath("$.shipments[0].orderId").isEqualTo(ORDER.toString());
        assertThat(result).bodyJson().extractingPath("$.shipments[1].orderId").isEqualTo(OLDER.toString());
        assertThat(result).bodyJson().doesNotHavePath("$.next");
    }

    @ParameterizedTest
    @CsvSource({
        "/shipments/1, orderId",
        "/shipments?limit=0, limit",
        "/shipments?limit=201, limit",
        "/shipments?limit=, limit",
        "/shipments?state=LOST, state",
        "/shipments?day=tomorrow, day",
        "/shipments?day=2026-02-30, day",
        "/shipments?day=%2B10000-01-01, day",
        "/shipments?region=de, region",
        "/shipments?region=, region",
        "/shipments?after=17, after",
        "/shipments?page=1, page"
    })
    void anInvalidParameterIsAProblemThatNamesIt(String path, String parameter) {
        assertInvalidRequest(get(path), parameter);
        verifyNoInteractions(shipments, lists);
    }

    private static Window<Shipment> page(boolean hasNext, OrderId... orders) {
        return Window.from(
                Stream.of(orders).map(ShipmentControllerTest::shipment).toList(),
                _ -> ScrollPosition.keyset(),
                hasNext);
    }

    private static Shipment shipment(OrderId order) {
        Shipment shipment = mock(Shipment.class);
        when(shipment.orderId()).thenReturn(order);
        when(shipment.shipmentId()).thenReturn(new UUID(1, 2));
        when(shipment.address()).thenReturn(new Address("Ada", "Main Street 1", "Town", "12345", "AT"));
        when(shipment.shipsOn()).thenReturn(MONDAY);
        when(shipment.state()).thenReturn(Shipment.State.SCHEDULED);
        return shipment;
    }

    private MvcTestResult get(String path) {
        return http.get().uri(URI.create(path)).exchange();
    }
}
