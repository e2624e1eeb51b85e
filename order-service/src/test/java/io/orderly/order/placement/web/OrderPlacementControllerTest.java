package io.orderly.order.placement.web;

import static io.orderly.kit.testing.ProblemAssert.assertInvalidField;
import static io.orderly.kit.testing.ProblemAssert.assertProblem;
import static io.orderly.order.OrderJson.ONE_LAMP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.verifyNoInteractions;

import io.orderly.kit.idempotency.IdempotencyKeys;
import io.orderly.kit.idempotency.IdempotentResponse;
import io.orderly.kit.testing.ControllerSlice;
import io.orderly.kit.testing.IdempotencySlice;
import io.orderly.order.Order;
import io.orderly.order.OrderJson;
import io.orderly.order.SampleOrders;
import io.orderly.order.placement.OrderPlacement;
import io.orderly.order.placement.PlacementResult;
import io.orderly.order.placement.PlacementSwitch;
import io.orderly.order.placement.Violation;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@WebMvcTest(OrderPlacementController.class)
@Import({ControllerSlice.class, IdempotencySlice.class})
class OrderPlacementControllerTest {

    private final Order order = SampleOrders.of("alice");

    @Autowired
    MockMvcTester http;

    @MockitoBean
    OrderPlacement orderPlacement;

    @MockitoBean
    PlacementSwitch placementSwitch;

    @MockitoBean
    IdempotencyKeys idempotencyKeys;

    @BeforeEach
    void treatEveryRequestAsNew() {
        given(idempotencyKeys.once(any(), any()))
                .willAnswer(call ->
                        call.<Supplier<IdempotentResponse>>getArgument(1).get());
    }

    @Test
    void respondsWithTheOrderAndItsLocation() {
        given(orderPlacement.place(any())).willReturn(new PlacementResult.Accepted(order, 7));

        MvcTestResult result = place("key-1", OrderJson.order("alice", ONE_LAMP));

        assertThat(result).hasStatus(202).hasHeader("Location", "/orders/" + order.id());
        assertThat(result).bodyJson().isStrictlyEqualTo("""
                {"id":"%s","status":"PENDING","total":{"amount":"12.50","currency":"EUR"}}""".formatted(order.id()));
    }

    @Test
    void reportsTheViolationsOfARefusedDraft() {
        given(orderPlacement.place(any()))
                .willReturn(new PlacementResult.Refused(List.of(
                        new Violation("lines[0].sku", "is not in the catalogue"),
                        new Violation("expectedTotal", "does not match the total, which is 12.50 EUR"))));

        MvcTestResult result = place("key-1", OrderJson.order("alice", ONE_LAMP));

        assertInvalidField(result, 422, "lines[0].sku");
        assertInvalidField(result, 422, "expectedTotal");
    }

    static Stream<Arguments> invalidInput() {
        String thousands = IntStream.range(0, 10_000)
                .mapToObj(i -> "{\"sku\":\"LAMP-" + i + "\",\"quantity\":1}")
                .collect(Collectors.joining(",", "[", "]"));
        return Stream.of(
                invalid("an invalid SKU", "lines[0].sku", OrderJson.order("a", "lamp'; drop table orders;--", 1)),
                invalid("a quantity of zero", "lines[0].quantity", OrderJson.order("a", "LAMP-1", 0)),
                invalid("a negative quantity", "lines[0].quantity", OrderJson.order("a", "LAMP-1", -1)),
                invalid("a quantity over the limit", "lines[0].quantity", OrderJson.order("a", "LAMP-1", 1_001)),
                invalid(
                        "a fractional quantity",
                        "lines[0].quantity",
                        OrderJson.order("a", "[{\"sku\":\"LAMP-1\",\"quantity\":1.5}]")),
                invalid(
                        "a quantity out of range",
                        "lines[0].quantity",
                        OrderJson.order("a", "[{\"sku\":\"LAMP-1\",\"quantity\":99999999999}]")),
                invalid(
                        "a quantity as a string",
                        "lines[0].quantity",
                        OrderJson.order("a", "[{\"sku\":\"LAMP-1\",\"quantity\":\"1\"}]")),
                invalid("no quantity", "lines[0].quantity", OrderJson.order("a", "[{\"sku\":\"LAMP-1\"}]")),
                invalid("no product", "lines[0].sku", OrderJson.order("a", "[{\"quantity\":1}]")),
                invalid("no lines", "lines", OrderJson.order("a", "[]")),
                invalid("null for lines", "lines", OrderJson.order("a", "null")),
                invalid("null for a line", "lines[0]", OrderJson.order("a", "[null]")),
                invalid("10,000 lines", "lines", OrderJson.order("a", thousands)),
                invalid(
                        "no customer",
                        "customer",
                        OrderJson.order("a", ONE_LAMP).replace("\"customer\":\"a\",", "")),
                invalid("a blank customer", "customer", OrderJson.order("  ", ONE_LAMP)),
                invalid("a customer of 10,000 characters", "customer", OrderJson.order("x".repeat(10_000), ONE_LAMP)),
                invalid("a customer with a slash", "customer", OrderJson.order("a/b", ONE_LAMP)),
                invalid("a customer of two dots", "customer", OrderJson.order("..", ONE_LAMP)),
                invalid("a customer with a leading space", "customer", OrderJson.order(" bhx", ONE_LAMP)),
                invalid("a customer in decomposed form", "customer", OrderJson.order("Zoe\u0308", ONE_LAMP)),
                invalid("an invisible customer", "customer", OrderJson.order("\u200b", ONE_LAMP)),
                invalid(
                        "an invisible name",
                        "address.name",
                        OrderJson.order("a", ONE_LAMP).replace("Alice", "\u2800")),
                invalid(
                        "a name with a right-to-left override",
                        "address.name",
                        OrderJson.order("a", ONE_LAMP).replace("Alice", "\u202eecilA")),
                invalid("a customer with a NUL", "customer", OrderJson.order("a\\u0000b", ONE_LAMP)),
                invalid(
                        "a street with a NUL",
                        "address.street",
                        OrderJson.order("a", ONE_LAMP).replace("Lindenstr. 5", "Linden\\u0000")),
                invalid(
                        "an unpaired surrogate",
                        "address.street",
                        OrderJson.order("a", ONE_LAMP).replace("Lindenstr. 5", "Linden\\ud83c")),
                invalid(
                        "a street of 10,000 characters",
                        "address.street",
                        OrderJson.order("a", ONE_LAMP).replace("Lindenstr. 5", "x".repeat(10_000))),
                invalid(
                        "a blank city",
                        "address.city",
                        OrderJson.order("a", ONE_LAMP).replace("Berlin", " ")),
                invalid(
                        "a city of a no-break space only",
                        "address.city",
                        OrderJson.order("a", ONE_LAMP).replace("Berlin", "\\u00a0")),
                invalid(
                        "a street of two lines",
                        "address.street",
                        OrderJson.order("a", ONE_LAMP).replace("Lindenstr. 5", "Lindenstr.\\n5")),
                invalid(
                        "an invalid country code",
                        "address.country",
                        OrderJson.order("a", ONE_LAMP).replace("\"DE\"", "\"Germany\"")),
                invalid("no address", "address", "{\"customer\":\"a\",\"lines\":" + ONE_LAMP + "}"),
                invalid(
                        "an expected total with an invalid currency",
                        "expectedTotal.currency",
                        expecting("12.50", "euros")),
                invalid("an expected total out of range", "expectedTotal.amount", expecting("1e999999999", "EUR")),
                invalid(
                        "an unknown field",
                        "coupon",
                        OrderJson.order("a", ONE_LAMP).replaceFirst("\\{", "{\"coupon\":\"x\",")),
                invalid("incomplete JSON", "", "{\"customer\":"),
                invalid("plain text", "", "hello"),
                invalid("an empty body", "", ""),
                invalid("a JSON array", "", "[]"),
                invalid("JSON null", "", "null"),
                invalid("deeply nested JSON", "", "[".repeat(100_000)));
    }

    private static Arguments invalid(String description, String field, String body) {
        return Arguments.argumentSet(description, field, body);
    }

    private static String expecting(String amount, String currency) {
        return OrderJson.order("a", ONE_LAMP)
                .replaceFirst(
                        "\\{",
                        "{\"expectedTotal\":{\"amount\":\"%s\",\"currency\":\"%s\"},".formatted(amount, currency));
    }

    @ParameterizedTest
    @MethodSource("invalidInput")
    void rejectsInvalidInputWithoutPlacingAnOrder(String field, String body) {
        MvcTestResult result = place("key-1", body);

        if (field.isEmpty()) {
            assertProblem(result, 400);
        } else {
            assertInvalidField(result, 400, field);
        }
        verifyNoInteractions(orderPlacement);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 256, 10_000})
    void rejectsAnIdempotencyKeyOfInvalidLength(int length) {
        MvcTestResult result = place("x".repeat(length), OrderJson.order("a", ONE_LAMP));

        assertInvalidField(result, 400, "Idempotency-Key");
        verifyNoInteractions(orderPlacement);
    }

    @Test
    void rejectsARequestWithoutAnIdempotencyKey() {
        MvcTestResult result = http.post()
                .uri("/orders")
                .contentType(MediaType.APPLICATION_JSON)
                .content(OrderJson.order("a", ONE_LAMP))
                .exchange();

        assertInvalidField(result, 400, "Idempotency-Key");
        verifyNoInteractions(orderPlacement);
    }

    private MvcTestResult place(String key, String body) {
        return http.post()
                .uri("/orders")
                .header("Idempotency-Key", key)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }
}
