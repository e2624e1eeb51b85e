/** Throttling of batch workers under load, for larger batches. */
@NullMarked
package io.orderly.kit.throttling;

import org.jspecify.annotations.NullMarked;
