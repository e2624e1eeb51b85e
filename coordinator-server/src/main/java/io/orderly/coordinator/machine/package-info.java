/**
 * What a member uses of the computer that it runs on and that can fail without the process: the wall clock and the disk. Time that is
 * measured, for leases, elections and deadlines, is that of {@link java.lang.System#nanoTime} and is not part of it.
 */
@NullMarked
package io.orderly.coordinator.machine;

import org.jspecify.annotations.NullMarked;
