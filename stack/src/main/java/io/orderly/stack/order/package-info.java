/** Orders over REST, as any client places and follows them: the first ones of a system that has just started, among others. */
@NullMarked
package io.orderly.stack.order;

import org.jspecify.annotations.NullMarked;
