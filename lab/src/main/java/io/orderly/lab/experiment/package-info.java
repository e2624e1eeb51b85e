/**
 * Experiments as files: which arms are compared, over what stock and load, under which faults, and what each is expected to
 * cost. A file is checked as a whole before anything starts, and an error names the file, the line and the field.
 */
@NullMarked
package io.orderly.lab.experiment;

import org.jspecify.annotations.NullMarked;
