/** What the tests of all services share. */
@NullMarked
package io.orderly.kit.testing;

import org.jspecify.annotations.NullMarked;
