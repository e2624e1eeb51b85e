/** What the coordinator keeps: leases, and the locks and elections that hang on them. */
@NullMarked
package io.orderly.console.coordination;

import org.jspecify.annotations.NullMarked;
