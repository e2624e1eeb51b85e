package io.orderly.console.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class LagReaderTest {

    private static final TopicPartition FIRST = new TopicPartition("payment.commands", 0);
    private static final TopicPartition SECOND = new TopicPartition("payment.commands", 1);

    @Test
    void addsUpWhatIsNotCommittedInAnyPartition() {
        assertThat(lag(Map.of(FIRST, 7L, SECOND, 20L), Map.of(FIRST, 0L, SECOND, 0L), Map.of(FIRST, 10L, SECOND, 20L)))
                .isEqualTo(3);
    }

    @Test
    void aPartitionWithoutACommitIsReadFromItsBeginning() {
        assertThat(lag(Map.of(FIRST, 10L), Map.of(FIRST, 0L, SECOND, 5L), Map.of(FIRST, 10L, SECOND, 25L)))
                .isEqualTo(20);
    }

    @Test
    void deletedRecordsAreNotWaitedForAndATopicThatWasCreatedAgainHasNoLagBelowZero() {
        assertThat(lag(Map.of(FIRST, 1L, SECOND, 900L), Map.of(FIRST, 8L, SECOND, 0L), Map.of(FIRST, 10L, SECOND, 4L)))
                .isEqualTo(2);
    }

    private static long lag(
            Map<TopicPartition, Long> committed, Map<TopicPartition, Long> beginnings, Map<TopicPartition, Long> ends) {
        return LagReader.lag(List.of(FIRST, SECOND), committed, beginnings, ends);
    }
}
