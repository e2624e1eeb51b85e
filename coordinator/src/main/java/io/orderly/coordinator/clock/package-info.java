/**
 * Timestamps for the whole cluster, handed out by its leader in ranges: no two are equal, and a timestamp that is requested after
 * another was received is greater, also under another leader.
 *
 * <p>They are hybrid timestamps: physical milliseconds and a counter, so they are readable. The idea of a single oracle whose upper
 * bound is made durable ahead of use is that of Peng and Dabek, "Large-scale Incremental Processing Using Distributed
 * Transactions and Notifications" (OSDI 2010). The proof of leadership for each answer takes the place of a lease on wall time.
 */
@NullMarked
package io.orderly.coordinator.clock;

import org.jspecify.annotations.NullMarked;
