package io.orderly.lab.audit;

import io.orderly.contracts.Topic;
import io.orderly.lab.evidence.DeadLetterRecord;
import io.orderly.lab.evidence.Evidence;
import io.orderly.lab.evidence.MessagingRows.DeadLetterRow;

/** Every dead letter that waits in a database also lies on its dead-letter topic, for everyone to see. */
final class DeadLettersArePublished implements Invariant {

    @Override
    public void check(Evidence evidence, ViolationCollector findings) {
        evidence.messaging().values().forEach(rows -> {
            for (DeadLetterRow letter : rows.deadLetters()) {
                if (evidence.deadRecords().stream().noneMatch(dead -> isCopy(dead, letter))) {
                    findings.add(letter.id(), "of %s is on no dead-letter topic", letter.topic());
                }
            }
        });
    }

    /** A copy has an empty key where the letter has none. */
    private static boolean isCopy(DeadLetterRecord dead, DeadLetterRow letter) {
        return dead.topic().equals(Topic.deadLetterTopicName(letter.topic()))
                && dead.key().equals(letter.key() == null ? "" : letter.key());
    }
}
