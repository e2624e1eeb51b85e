/**
 * A museum of mistakes: each is put into the production code, and the simulator must find it.
 *
 * <p>An exhibit is a text file: where the mistake is known from, what it breaks and in which phase that shows, and the lines of
 * the production source that it takes out and puts in. The changed source is compiled in memory and loaded, with all that uses
 * it, by a class loader of its own; nothing in the production code knows of it. So an exhibit is the very bug that a careless
 * hand would make in this code, and reads like the diff that made it. When the source moves on and the lines are no longer there,
 * the exhibit says so rather than pass.
 *
 * <p>Each exhibit names a seed that catches it. Since every change of the protocol shifts what seeds do, the search goes on from
 * there for a bounded number of seeds; {@code -Dmuseum.record=true} writes the seeds found into the exhibits.
 */
@NullMarked
package io.orderly.coordinator.museum;

import org.jspecify.annotations.NullMarked;
