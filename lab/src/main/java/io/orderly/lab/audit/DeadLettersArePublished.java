package io.orderly.lab.audit;

import io.orderly.contracts.Topic;
import io.orderly.lab.evidence.DeadLetterRecord;
import io.orderly.lab.evidence.Evidence;
import io.orderly.lab.evidence.MessagingRows.DeadLetterRow;

/** Every dead letter in a database has a copy on its dead-letter topic. */
final class DeadLettersArePublished implements Invariant {

    @Override
    public void check(Evidence evidence, ViolationCollector violations) {
        evidence.messaging().values().forEach(rows -> {
            for (DeadLetterRow letter : rows.deadLetters()) {
                if (evidence.deadRecords().stream().noneMatch(dead -> isCopy(dead, letter))) {
                    violations.add(letter.id(), "of %s has no copy on a dead-letter topic", letter.topic());
                }
            }
        });
    }

    /** A copy has an empty key if the dead letter has none. */
    private static boolean isCopy(DeadLetterRecord dead, DeadLetterRow letter) {
        return dead.topic().equals(Topic.deadLetterTopicName(letter.topic()))
                && dead.key().equals(letter.key() == null ? "" : letter.key());
    }
}
