package io.orderly.coordinator.backup;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in a few lines why a member does not begin with a backup. */
final class InvalidBackupAnalyzer extends AbstractFailureAnalyzer<InvalidBackupException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidBackupException cause) {
        return new FailureAnalysis("The backup cannot be restored.", cause.getMessage(), cause);
    }
}
