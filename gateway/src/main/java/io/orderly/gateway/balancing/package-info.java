/** Which instance of a service a request goes to. */
@NullMarked
package io.orderly.gateway.balancing;

import org.jspecify.annotations.NullMarked;
