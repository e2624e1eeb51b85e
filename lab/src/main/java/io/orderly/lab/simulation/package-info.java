/** Starts the coordinator's simulator, which lives among the coordinator's tests. */
@NullMarked
package io.orderly.lab.simulation;

import org.jspecify.annotations.NullMarked;
