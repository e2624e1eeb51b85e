/** The page at {@code /} of every service, which links what the service has. */
@NullMarked
package io.orderly.kit.home;

import org.jspecify.annotations.NullMarked;
