package io.orderly.kit.security;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains in a few lines why a service does not start. */
final class SignInFailureAnalyzer extends AbstractFailureAnalyzer<SignInException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, SignInException cause) {
        return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
    }
}
