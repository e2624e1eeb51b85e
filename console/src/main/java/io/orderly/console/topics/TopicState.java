package io.orderly.console.topics;

import java.util.List;

/**
 * What the console can read.
 *
 * @param reachable whether the broker answered last
 * @param missing the topics that do not exist
 * @param records how many records were read
 */
public record TopicState(boolean reachable, List<String> missing, long records) {}
