/** Starts the coordinator's simulator, which is part of the coordinator's tests. */
@NullMarked
package io.orderly.lab.simulation;

import org.jspecify.annotations.NullMarked;
