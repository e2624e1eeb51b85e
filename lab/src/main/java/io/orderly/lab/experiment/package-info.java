/**
 * Experiment files: the compared arms, the stock and load, the faults, and the expectations. A file is validated
 * completely before any process starts, and an error contains the file, the line and the field.
 */
@NullMarked
package io.orderly.lab.experiment;

import org.jspecify.annotations.NullMarked;
