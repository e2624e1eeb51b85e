/**
 * Torture of the coordinator: clients of three real processes record their requests and responses while processes are killed and suspended,
 * their links are cut, their clocks are set and their disks are slow or full. The recorded history is saved, and then checked:
 * linearizability by the checker that also judges the simulator's runs, and leases, fencing tokens and timestamps by rules of their own.
 */
@NullMarked
package io.orderly.lab.torture.coordinator;

import org.jspecify.annotations.NullMarked;
