/**
 * Process supervision: processes are started as soon as their dependencies are ready, and stopped in reverse order. An
 * unexpected exit is reported with the end of the process's log.
 */
@NullMarked
package io.orderly.stack.process;

import org.jspecify.annotations.NullMarked;
