/**
 * Child processes that cannot outlive their owner.
 *
 * <p>An operating system does not end the children of a process that is killed. Here every child runs under a small
 * shell script, its leash, which holds one end of a pipe to this JVM: when the pipe closes for any reason, the
 * leash ends the child.
 */
@NullMarked
package io.orderly.backends.process;

import org.jspecify.annotations.NullMarked;
