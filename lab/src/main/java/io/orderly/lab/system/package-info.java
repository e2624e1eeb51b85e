/** Systems for experiments: the real processes, started for one experiment, with separate data and ports. */
@NullMarked
package io.orderly.lab.system;

import org.jspecify.annotations.NullMarked;
