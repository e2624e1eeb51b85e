/** The invariants that hold at any moment, as far as topics and the interfaces of services show them. */
@NullMarked
package io.orderly.console.audit;

import org.jspecify.annotations.NullMarked;
