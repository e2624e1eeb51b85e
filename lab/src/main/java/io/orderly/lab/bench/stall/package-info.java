/**
 * Diagnosis of slow seconds under load: {@link io.orderly.lab.bench.stall.AcceptanceTimes} records slow requests,
 * {@link io.orderly.lab.bench.stall.StallMonitor} records occurrences in PostgreSQL, the order-service and the machine,
 * and {@link io.orderly.lab.bench.stall.StallDiagnosis} correlates the two.
 */
@NullMarked
package io.orderly.lab.bench.stall;

import org.jspecify.annotations.NullMarked;
