package io.orderly.order.process.web;

import static io.orderly.kit.testing.ProblemAssert.assertInvalidRequest;
import static io.orderly.kit.testing.ProblemAssert.assertProblem;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.verifyNoInteractions;

import io.orderly.contracts.OrderId;
import io.orderly.kit.testing.ControllerSlice;
import io.orderly.order.process.SagaLists;
import io.orderly.order.process.Sagas;
import io.orderly.order.timeline.Timelines;
import java.net.URI;
import java.util.Optional;
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

@WebMvcTest(SagaReportController.class)
@Import(ControllerSlice.class)
class SagaReportControllerTest {

    @Autowired
    MockMvcTester http;

    @MockitoBean
    Sagas sagas;

    @MockitoBean
    SagaLists lists;

    @MockitoBean
    Timelines timelines;

    @ParameterizedTest
    @CsvSource({
        "limit=0, limit",
        "limit=101, limit",
        "limit=many, limit",
        "limit=, limit",
        "state=LOST, state",
        "state=parked, state",
        "state=, state",
        "after=, after",
        "after=zzz, after",
        "phase=PARKED, phase"
    })
    void rejectsInvalidAndUnknownQueryParameters(String query, String parameter) {
        MvcTestResult result = http.get().uri(URI.create("/sagas?" + query)).exchange();

        assertInvalidRequest(result, parameter);
        verifyNoInteractions(lists);
    }

    @Test
    void reportsAnUnknownSaga() {
        OrderId order = new OrderId(UUID.fromString("0199f2c8-7c00-7000-8000-00000000dead"));
        given(sagas.find(order)).willReturn(Optional.empty());

        assertProblem(http.get().uri("/sagas/" + order).exchange(), 404);
    }

    @Test
    void rejectsAMalformedOrderId() {
        assertProblem(http.get().uri("/sagas/17").exchange(), 400);
    }
}
