/**
 * Mutants: known mistakes that are put into the production code, to test that the simulator finds them.
 *
 * <p>A mutant is a text file: the source of the mistake, what it breaks, the phase in which it shows, and the lines of the production
 * code that it replaces. The changed source is compiled in memory, and loaded together with all classes that use it by a class loader
 * of its own; the production code contains none of this. If the lines are no longer in the source, the mutant fails rather than pass.
 *
 * <p>Each mutant names a seed that finds it. A change of the protocol changes what a seed does, so the search continues from there for
 * a bounded number of seeds; {@code -Dmutants.record=true} on the tests writes the seeds found into the files.
 */
@NullMarked
package io.orderly.coordinator.simulation.mutant;

import org.jspecify.annotations.NullMarked;
