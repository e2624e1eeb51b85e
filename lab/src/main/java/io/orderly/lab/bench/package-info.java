/**
 * Benchmarks: how many orders the system takes to their end, how fast, and at what cost. Absolute numbers say more of the
 * machine than of the system, so each run also measures a yardstick, {@code pgbench}, on the same server, and
 * what an order that is alone cannot do without.
 */
@NullMarked
package io.orderly.lab.bench;

import org.jspecify.annotations.NullMarked;
