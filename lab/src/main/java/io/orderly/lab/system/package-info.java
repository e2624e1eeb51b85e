/** Systems to experiment on: the real processes, started for one experiment, on data and ports of their own. */
@NullMarked
package io.orderly.lab.system;

import org.jspecify.annotations.NullMarked;
