package io.orderly.kit.testing;

import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/** Says at the end how many answers were held against a description: a check that nothing passes through is none. */
public final class OpenApiConformanceSummary implements TestExecutionListener {

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        OpenApiConformanceResults.summary().forEach(System.out::println);
    }
}
