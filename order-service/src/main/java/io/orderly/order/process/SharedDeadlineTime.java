package io.orderly.order.process;

import java.time.Instant;

/** The deadline time that running instances store for instances that start later. */
interface SharedDeadlineTime {

    Instant load();

    void store(Instant now);
}
