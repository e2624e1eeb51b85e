/**
 * Faults of the machine of a member, which another process controls through a file next to the member's data: a wall clock that is set forward
 * or back, and a disk that takes long to make writes durable or that is full. A member has them only if it is started with this module on its
 * class path.
 */
@NullMarked
package io.orderly.coordinator.fault;

import org.jspecify.annotations.NullMarked;
