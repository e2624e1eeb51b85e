/** Reads the topics of the saga without a consumer group, from a bounded distance to their ends, and how far their consumers are behind. */
@NullMarked
package io.orderly.console.topics;

import org.jspecify.annotations.NullMarked;
