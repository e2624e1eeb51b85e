package io.orderly.kit.testing;

import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/** Prints after all tests how many responses were checked, to show that the check was active. */
public final class OpenApiConformanceSummary implements TestExecutionListener {

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        OpenApiConformanceResults.summary().forEach(System.out::println);
    }
}
