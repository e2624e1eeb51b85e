/**
 * The report of an experiment: one self-contained page of HTML without scripts, for screens of any width and for paper. The
 * templates are in {@code src/main/jte}.
 */
@NullMarked
package io.orderly.lab.report;

import org.jspecify.annotations.NullMarked;
