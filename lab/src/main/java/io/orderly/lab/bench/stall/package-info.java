/**
 * Slow seconds of a system under load, and what happened in them: {@link io.orderly.lab.bench.stall.AcceptanceTimes} records when
 * requests were slow, {@link io.orderly.lab.bench.stall.StallMonitor} what PostgreSQL, the order-service and the machine did, and
 * {@link io.orderly.lab.bench.stall.StallDiagnosis} lines the two up.
 */
@NullMarked
package io.orderly.lab.bench.stall;

import org.jspecify.annotations.NullMarked;
