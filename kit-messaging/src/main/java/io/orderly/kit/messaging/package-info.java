/** Messages with their headers, and what travels in them: logical times and the trace. */
@NullMarked
package io.orderly.kit.messaging;

import org.jspecify.annotations.NullMarked;
