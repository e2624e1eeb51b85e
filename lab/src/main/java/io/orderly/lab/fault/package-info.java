/**
 * Fault injection into a running system: into its processes, the links between them, and its services. Each fault is
 * injected, reports whether it took effect, and is healed.
 */
@NullMarked
package io.orderly.lab.fault;

import org.jspecify.annotations.NullMarked;
