package io.orderly.chaos;

import io.orderly.kit.outbox.OutboxRow;
import io.orderly.kit.outbox.PublicationListener;
import java.util.List;

/** Crash points before and after the publication of outbox messages. */
final class PublicationCrashPoints implements PublicationListener {

    private final CrashPoint afterCommitBeforePublish;
    private final CrashPoint afterPublishBeforeMark;

    PublicationCrashPoints(CrashPoints crashPoints) {
        this.afterCommitBeforePublish = crashPoints.named("after-commit-before-publish");
        this.afterPublishBeforeMark = crashPoints.named("after-publish-before-mark");
    }

    @Override
    public void committed(List<OutboxRow> rows) {
        afterCommitBeforePublish.pass();
    }

    @Override
    public void published(List<OutboxRow> rows) {
        afterPublishBeforeMark.pass();
    }
}
