/** The faults that the system is under now, and those that have ended. */
@NullMarked
package io.orderly.console.faults;

import org.jspecify.annotations.NullMarked;
