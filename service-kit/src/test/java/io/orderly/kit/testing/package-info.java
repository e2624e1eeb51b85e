/** Shared test support of all services. */
@NullMarked
package io.orderly.kit.testing;

import org.jspecify.annotations.NullMarked;
