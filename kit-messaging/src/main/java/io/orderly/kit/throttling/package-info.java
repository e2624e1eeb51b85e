/** Larger batches for those who work in batches, when there is much to do. */
@NullMarked
package io.orderly.kit.throttling;

import org.jspecify.annotations.NullMarked;
