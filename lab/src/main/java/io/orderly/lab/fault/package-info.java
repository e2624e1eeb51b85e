/**
 * Faults of a running system: of its processes, of the links between them, within its services. Each is switched on, shows
 * whether it took effect, and is healed.
 */
@NullMarked
package io.orderly.lab.fault;

import org.jspecify.annotations.NullMarked;
