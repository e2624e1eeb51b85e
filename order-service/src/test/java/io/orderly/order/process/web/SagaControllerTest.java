package io.orderly.order.process.web;

import static io.orderly.kit.testing.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.verifyNoInteractions;

import io.orderly.contracts.SagaStep;
import io.orderly.kit.testing.ControllerSlice;
import io.orderly.kit.web.OperatorNote;
import io.orderly.order.SampleOrders;
import io.orderly.order.process.SagaInstance;
import io.orderly.order.process.SagaOperations;
import io.orderly.order.process.SagaOperations.OperationResult;
import io.orderly.order.process.Sagas;
import io.orderly.order.saga.Refusal;
import io.orderly.order.saga.SagaInput;
import io.orderly.order.saga.SagaState.Forward;
import io.orderly.order.saga.Transition;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@WebMvcTest(SagaController.class)
@Import(ControllerSlice.class)
class SagaControllerTest {

    private static final Forward STATE = new Forward(SagaStep.CHARGE_PAYMENT, 1, Instant.EPOCH);

    private final SagaInstance saga = SagaInstance.of(SampleOrders.of("alice"), STATE, 1, null);

    @Autowired
    MockMvcTester http;

    @MockitoBean
    SagaOperations operations;

    @MockitoBean
    Sagas sagas;

    static Stream<Arguments> requests() {
        return Stream.of(
                Arguments.of("/orders/%s/cancellation", new SagaInput.CancellationRequested()),
                Arguments.of("/sagas/%s/retry", new SagaInput.Retry("")),
                Arguments.of("/sagas/%s/park", new SagaInput.Park("")),
                Arguments.of("/sagas/%s/compensate", new SagaInput.Compensate("")));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void respondsWithTheOrderAndItsSagaAfterTheRequest(String path, SagaInput input) {
        given(operations.submit(saga.id(), input))
                .willReturn(Optional.of(new OperationResult(saga, new Transition.Unchanged(STATE, "done before"))));

        MvcTestResult result = http.post().uri(path.formatted(saga.id())).exchange();

        assertThat(result).hasStatus(202);
        assertThat(result).bodyJson().extractingPath("$.id").isEqualTo(saga.id().toString());
        assertThat(result).bodyJson().extractingPath("$.saga.phase").isEqualTo("FORWARD");
    }

    @ParameterizedTest
    @MethodSource("requests")
    void reportsAnUnknownOrder(String path, SagaInput input) {
        given(operations.submit(saga.id(), input)).willReturn(Optional.empty());

        assertProblem(http.post().uri(path.formatted(saga.id())).exchange(), 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/orders/x/cancellation", "/sagas/x/retry", "/sagas/17/park", "/sagas/x/compensate"})
    void rejectsMalformedOrderIds(String path) {
        assertProblem(http.post().uri(path).exchange(), 400);
        verifyNoInteractions(operations);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"by\":\"ada\",\"reason\":\"it is back\"} | ada: it is back",
                "{\"by\":\"ada\"}                             | ada",
                "{\"by\":null,\"reason\":\"it is back\"}      | it is back",
                "{}                                         | ``",
            })
    void passesOnWhoRequestsItAndWhy(String body, String note) {
        for (SagaInput.OperatorAction action :
                List.of(new SagaInput.Retry(note), new SagaInput.Park(note), new SagaInput.Compensate(note))) {
            given(operations.submit(saga.id(), action))
                    .willReturn(Optional.of(new OperationResult(saga, new Transition.Unchanged(STATE, "done before"))));
            String verb = action.getClass().getSimpleName().toLowerCase(Locale.ROOT);

            assertThat(http.post()
                            .uri("/sagas/" + saga.id() + "/" + verb)
                            .contentType(MediaType.APPLICATION_JSON)
                            .content(body)
                            .exchange())
                    .hasStatus(202);
        }
    }

    static Stream<String> malformedNotes() {
        return Stream.of(
                "{\"by\":\"\"}",
                "{\"by\":\"  \"}",
                "{\"by\":7}",
                "{\"by\":\"a\\nb\"}",
                "{\"by\":\"\\u0000\"}",
                "{\"by\":\"\\ud800\"}",
                "{\"reason\":\"a\\u2028b\"}",
                "{\"who\":\"ada\"}",
                "{\"by\":\"" + "x".repeat(OperatorNote.MAX_BY + 1) + "\"}",
                "{\"reason\":\"" + "x".repeat(OperatorNote.MAX_REASON + 1) + "\"}",
                "{\"reason\":\"" + " ".repeat(50_000) + "\"}",
                "[]",
                "ada");
    }

    @ParameterizedTest
    @MethodSource("malformedNotes")
    void rejectsMalformedAndOversizedNotes(String body) {
        for (String verb : List.of("retry", "park", "compensate")) {
            assertProblem(
                    http.post()
                            .uri("/sagas/" + saga.id() + "/" + verb)
                            .contentType(MediaType.APPLICATION_JSON)
                            .content(body)
                            .exchange(),
                    400);
        }
        verifyNoInteractions(operations);
    }

    @ParameterizedTest
    @EnumSource
    void reportsEachRefusalAsAConflictOfItsOwnType(Refusal refusal) {
        given(operations.submit(saga.id(), new SagaInput.Retry("")))
                .willReturn(Optional.of(new OperationResult(saga, new Transition.Refused(STATE, refusal))));

        MvcTestResult result = http.post().uri("/sagas/" + saga.id() + "/retry").exchange();

        assertProblem(result, 409, refusal.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        assertThat(result).bodyJson().extractingPath("$.detail").isEqualTo(refusal.message());
    }
}
