/** Where the other services are, for what is called over HTTP. The saga calls nobody: it needs none of this. */
@NullMarked
package io.orderly.order.participants;

import org.jspecify.annotations.NullMarked;
