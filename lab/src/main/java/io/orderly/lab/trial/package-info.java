/**
 * Trials of systems that others have built: a file describes the processes of a system, its requests and what must hold of its data; a
 * trial starts it, places orders, injects faults, and reports what is violated. It knows nothing of the services of this repository.
 */
@NullMarked
package io.orderly.lab.trial;

import org.jspecify.annotations.NullMarked;
