package io.orderly.lab.torture.coordinator;

import java.time.Duration;

/**
 * A fault of a schedule.
 *
 * @param rest how long there is no new fault before it
 * @param member the number of the member that it hits, from 1
 * @param aimsAtLeader whether it hits the leader instead, if there is one
 * @param hold how long it lasts; for a kill, until the process is started again
 * @param clockOffset of the wall clock, for {@link FaultKind#CLOCK_JUMP}
 * @param forceDelay of the disk, for {@link FaultKind#SLOW_DISK}
 */
record PlannedFault(
        FaultKind kind,
        Duration rest,
        int member,
        boolean aimsAtLeader,
        Duration hold,
        Duration clockOffset,
        Duration forceDelay) {}
