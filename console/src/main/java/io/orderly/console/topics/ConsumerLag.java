package io.orderly.console.topics;

import org.jspecify.annotations.Nullable;

/**
 * How far a consumer group is behind the end of a topic.
 *
 * @param group named after its service
 * @param records that the group has not committed yet, over all partitions; null if not known
 */
public record ConsumerLag(
        String group, String topic, @Nullable Long records) {}
