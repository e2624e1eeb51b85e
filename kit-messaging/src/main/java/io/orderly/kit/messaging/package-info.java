/** Messages with their headers, including logical timestamps and trace context. */
@NullMarked
package io.orderly.kit.messaging;

import org.jspecify.annotations.NullMarked;
