package io.orderly.order.timeline.web;

import static io.orderly.kit.testing.ProblemAssert.assertInvalidField;
import static io.orderly.kit.testing.ProblemAssert.assertProblem;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.verifyNoInteractions;

import io.orderly.contracts.OrderId;
import io.orderly.kit.testing.ControllerSlice;
import io.orderly.order.process.Sagas;
import io.orderly.order.timeline.Timelines;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

@WebMvcTest(TimelineController.class)
@Import(ControllerSlice.class)
class TimelineControllerTest {

    private static final OrderId ORDER = new OrderId(UUID.fromString("0199f2c8-7c00-7000-8000-000000000001"));

    @Autowired
    MockMvcTester http;

    @MockitoBean
    Sagas sagas;

    @MockitoBean
    Timelines timelines;

    @ParameterizedTest
    @ValueSource(strings = {"time", "wall,hybrid", "0"})
    void rejectsAnUnknownOrderOfEntries(String order) {
        assertInvalidField(
                http.get().uri("/orders/" + ORDER + "/timeline?order=" + order).exchange(), 400, "order");
        assertInvalidField(
                http.get()
                        .uri("/orders/" + ORDER + "/timeline?order=" + order)
                        .accept(MediaType.TEXT_PLAIN)
                        .exchange(),
                400,
                "order");
        verifyNoInteractions(sagas, timelines);
    }

    @Test
    void rejectsAPageOfASortedTimeline() {
        assertInvalidField(
                http.get()
                        .uri("/orders/" + ORDER + "/timeline?order=wall&after=1")
                        .exchange(),
                400,
                "after");
        verifyNoInteractions(sagas, timelines);
    }

    @Test
    void reportsAnUnknownOrder() {
        given(sagas.find(ORDER)).willReturn(Optional.empty());

        assertProblem(
                http.get().uri("/orders/" + ORDER + "/timeline?order=hybrid").exchange(), 404);
    }
}
