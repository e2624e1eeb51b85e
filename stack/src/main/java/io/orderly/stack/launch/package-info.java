/**
 * Prerequisites of the processes: the data folder, which a single launcher owns at a time, and the unpacked programs.
 */
@NullMarked
package io.orderly.stack.launch;

import org.jspecify.annotations.NullMarked;
