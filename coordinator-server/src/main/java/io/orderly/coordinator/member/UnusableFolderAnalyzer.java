package io.orderly.coordinator.member;

import io.orderly.coordinator.log.UnusableFolderException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains in a few lines why a member does not start on its data folder. */
final class UnusableFolderAnalyzer extends AbstractFailureAnalyzer<UnusableFolderException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnusableFolderException cause) {
        return new FailureAnalysis("The data folder cannot be used.", cause.getMessage(), cause);
    }
}
