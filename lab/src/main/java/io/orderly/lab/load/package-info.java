/**
 * Load: orders that arrive whether or not the system keeps up, as customers do.
 *
 * <p>The generator is open-loop and counts every latency from the moment at which the request should have started, so a
 * system that stalls cannot hide it by slowing its clients down. Orders follow from a seed. Each attempt is written to a
 * journal, and is on disk, before it is sent, and so is each answer soon after it came; an audit starts from there.
 */
@NullMarked
package io.orderly.lab.load;

import org.jspecify.annotations.NullMarked;
