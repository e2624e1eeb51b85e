package io.orderly.order.process;

import java.time.Instant;

/** Where an instance that watches deadlines leaves the time by which it does, for those that start later. */
interface SharedDeadlineTime {

    Instant reached();

    void reach(Instant now);
}
