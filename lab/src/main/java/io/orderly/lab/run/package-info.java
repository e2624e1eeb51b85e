/**
 * Runs: one arm of an experiment goes through one scenario, from restored data, and is measured second by second and audited.
 * A run that was not what it was meant to be says so and is no measurement.
 */
@NullMarked
package io.orderly.lab.run;

import org.jspecify.annotations.NullMarked;
