/**
 * Load generation: orders arrive independently of the system's response times.
 *
 * <p>The generator is open-loop and measures every latency from the scheduled time of the request, which avoids
 * coordinated omission. Orders are derived from a seed. Each request is written to a journal, durably, before it is
 * sent, and each response shortly after it arrived; an audit is based on this journal.
 */
@NullMarked
package io.orderly.lab.load;

import org.jspecify.annotations.NullMarked;
