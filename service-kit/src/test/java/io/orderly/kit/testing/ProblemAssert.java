package io.orderly.kit.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** Assertions on problem details in the responses of controllers. */
public final class ProblemAssert {

    private static final String MEDIA_TYPE = "application/problem+json";

    private ProblemAssert() {}

    /** Asserts a problem that discloses nothing about the implementation. */
    public static void assertProblem(MvcTestResult result, int status) {
        assertThat(result).hasStatus(status).hasContentType(MEDIA_TYPE);
        assertThat(result).bodyJson().extractingPath("$.status").isEqualTo(status);
        assertThat(result).bodyJson().extractingPath("$.detail").asString().isNotBlank();
        assertThat(result).bodyText().doesNotContain("Exception", "\tat ", "io.orderly", "java.");
    }

    /** Asserts a problem of this type. */
    public static void assertProblem(MvcTestResult result, int status, String type) {
        assertProblem(result, status);
        assertThat(result).bodyJson().extractingPath("$.type").isEqualTo("/problems/" + type);
    }

    /** Asserts the problem of a missing resource with exactly this explanation. */
    public static void assertNotFound(MvcTestResult result, String detail) {
        assertProblem(result, 404, "not-found");
        assertThat(result).bodyJson().extractingPath("$.detail").isEqualTo(detail);
    }

    /** Asserts the problem of an invalid request whose first error is of this parameter or field. */
    public static void assertInvalidRequest(MvcTestResult result, String field) {
        assertProblem(result, 400, "invalid-request");
        assertThat(result).bodyJson().extractingPath("$.errors[0].field").isEqualTo(field);
    }

    /** Asserts a problem that names this field among the invalid fields. */
    public static void assertInvalidField(MvcTestResult result, int status, String field) {
        assertProblem(result, status);
        assertThat(result)
                .bodyJson()
                .extractingPath("$.errors[*].field")
                .asArray()
                .contains(field);
    }
}
