/** Starts the coordinator's simulator, which is a module of its own. */
@NullMarked
package io.orderly.lab.simulation;

import org.jspecify.annotations.NullMarked;
