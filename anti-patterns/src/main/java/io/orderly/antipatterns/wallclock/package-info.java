/** Anti-pattern: messages are timestamped with the wall clock only, instead of a hybrid logical clock. */
@NullMarked
package io.orderly.antipatterns.wallclock;

import org.jspecify.annotations.NullMarked;
