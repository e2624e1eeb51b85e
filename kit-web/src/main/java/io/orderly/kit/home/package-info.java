/** The page at {@code /} of every service, with links to its resources and operations. */
@NullMarked
package io.orderly.kit.home;

import org.jspecify.annotations.NullMarked;
