/** HTTP clients of other services, for requests that need a synchronous response. The saga does not use them; it sends messages. */
@NullMarked
package io.orderly.order.participants;

import org.jspecify.annotations.NullMarked;
