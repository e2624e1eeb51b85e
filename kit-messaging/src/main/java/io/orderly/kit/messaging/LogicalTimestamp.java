package io.orderly.kit.messaging;

import io.orderly.clock.HybridTimestamp;

/** The Lamport and hybrid timestamps of one event. */
public record LogicalTimestamp(long lamportTime, HybridTimestamp hybridTime) {}
