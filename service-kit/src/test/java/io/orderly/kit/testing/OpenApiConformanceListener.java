package io.orderly.kit.testing;

import java.util.List;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/** Fails the test during which an answer was not as its service describes it. */
public final class OpenApiConformanceListener implements TestExecutionListener {

    @Override
    public void afterTestMethod(TestContext test) {
        failOnViolations();
    }

    /** Those that came after the last test, too. */
    @Override
    public void afterTestClass(TestContext test) {
        failOnViolations();
    }

    private static void failOnViolations() {
        List<String> violations = OpenApiConformanceResults.takeViolations();
        if (!violations.isEmpty()) {
            throw new AssertionError("not as described:\n" + String.join("\n", violations));
        }
    }
}
