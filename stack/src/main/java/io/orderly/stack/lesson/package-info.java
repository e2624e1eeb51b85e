/** Runs the guided lessons of the console from a terminal. */
@NullMarked
package io.orderly.stack.lesson;

import org.jspecify.annotations.NullMarked;
