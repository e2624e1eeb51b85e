package io.orderly.kit.outbox;

import java.util.Map;

/**
 * A message that waits to be published.
 *
 * @param position grows with every row; rows of one key are published in this order
 */
record OutboxRow(
        long position,
        String topic,
        String key,
        Map<String, String> headers,
        byte[] body,
        long lamportTime,
        long hybridTime) {}
