/** The first orders in a system that has just started, placed over REST like anybody's. */
@NullMarked
package io.orderly.stack.tour;

import org.jspecify.annotations.NullMarked;
