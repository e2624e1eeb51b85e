package io.orderly.kit.members;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains in a few lines why an instance does not start beside another one with its id. */
final class DuplicateMemberAnalyzer extends AbstractFailureAnalyzer<DuplicateMemberException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, DuplicateMemberException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Stop the other process, or give this instance another orderly.members.instance or orderly.members.cluster.",
                cause);
    }
}
