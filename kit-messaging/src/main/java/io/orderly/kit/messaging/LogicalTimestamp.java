package io.orderly.kit.messaging;

import io.orderly.clock.HybridTimestamp;

/** The logical times of one event of this service. */
public record LogicalTimestamp(long lamportTime, HybridTimestamp hybridTime) {}
