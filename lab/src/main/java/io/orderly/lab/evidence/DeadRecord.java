package io.orderly.lab.evidence;

import org.jspecify.annotations.Nullable;

/** A record on a dead-letter topic. */
public record DeadRecord(
        String topic,
        @Nullable String key,
        @Nullable String type,
        @Nullable String cause) {}
