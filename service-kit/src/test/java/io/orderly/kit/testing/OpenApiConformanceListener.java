package io.orderly.kit.testing;

import java.util.List;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/** Fails a test if a response during the test did not conform to the OpenAPI description of its service. */
public final class OpenApiConformanceListener implements TestExecutionListener {

    @Override
    public void afterTestMethod(TestContext test) {
        failOnViolations();
    }

    /** Also for responses after the last test. */
    @Override
    public void afterTestClass(TestContext test) {
        failOnViolations();
    }

    private static void failOnViolations() {
        List<String> violations = OpenApiConformanceResults.takeViolations();
        if (!violations.isEmpty()) {
            throw new AssertionError("not as in the OpenAPI description:\n" + String.join("\n", violations));
        }
    }
}
