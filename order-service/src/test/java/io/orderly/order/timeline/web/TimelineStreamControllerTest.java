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
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

@WebMvcTest(TimelineStreamController.class)
@Import(ControllerSlice.class)
class TimelineStreamControllerTest {

    private static final OrderId ORDER = new OrderId(UUID.fromString("0199f2c8-7c00-7000-8000-000000000001"));

    @Autowired
    MockMvcTester http;

    @MockitoBean
    Sagas sagas;

    @MockitoBean
    Timelines timelines;

    @MockitoBean
    TimelineStreams streams;

    @ParameterizedTest
    @ValueSource(strings = {"x", "-1", "99999999999"})
    void rejectsInvalidEventIds(String lastEventId) {
        assertInvalidField(
                http.get()
                        .uri("/orders/" + ORDER + "/events")
                        .header("Last-Event-ID", lastEventId)
                        .exchange(),
                400,
                "Last-Event-ID");
        verifyNoInteractions(sagas, streams);
    }

    @Test
    void reportsAnUnknownOrder() {
        given(sagas.find(ORDER)).willReturn(Optional.empty());

        assertProblem(http.get().uri("/orders/" + ORDER + "/events").exchange(), 404);
    }
}
