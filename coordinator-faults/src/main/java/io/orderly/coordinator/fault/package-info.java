/**
 * Faults of the machine of a member, which another process controls through a file: a wall clock that is set forward or back, and a disk
 * that takes long to make writes durable. A member has them only if it is started with this module on its class path, and with the setting
 * {@code orderly.faults.file}.
 */
@NullMarked
package io.orderly.coordinator.fault;

import org.jspecify.annotations.NullMarked;
