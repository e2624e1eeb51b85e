/**
 * Benchmarks: the throughput of the system, its latency and its resource usage. Absolute numbers depend on the machine,
 * so each run also measures {@code pgbench} on the same server as a reference, and the lower bound of an order's
 * latency.
 */
@NullMarked
package io.orderly.lab.bench;

import org.jspecify.annotations.NullMarked;
