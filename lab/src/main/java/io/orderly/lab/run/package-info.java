/**
 * Runs: one arm of an experiment executes one scenario on restored data, and is measured per second and audited. A run
 * that did not proceed as planned is marked as invalid.
 */
@NullMarked
package io.orderly.lab.run;

import org.jspecify.annotations.NullMarked;
