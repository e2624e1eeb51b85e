/**
 * Experiments and their YAML files: the arms that are compared, the load, the faults and the expected results. A file is
 * checked as a whole before a run starts. Each error names the file, the line and the field.
 */
@NullMarked
package io.orderly.lab.experiment;

import org.jspecify.annotations.NullMarked;
