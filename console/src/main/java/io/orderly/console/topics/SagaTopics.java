package io.orderly.console.topics;

import io.orderly.contracts.Topic;
import java.util.Arrays;
import java.util.List;

/** The topics that the console reads. */
final class SagaTopics {

    static final List<String> NAMES =
            Arrays.stream(Topic.values()).map(Topic::topicName).toList();

    private SagaTopics() {}

    /** Where to begin to read a partition. */
    static long start(long beginning, long end, long maxRecords) {
        return Math.max(beginning, end - maxRecords);
    }
}
