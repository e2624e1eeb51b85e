/** An anti-pattern: messages are stamped by the wall clock alone, in place of the hybrid clock. */
@NullMarked
package io.orderly.antipatterns.wallclock;

import org.jspecify.annotations.NullMarked;
