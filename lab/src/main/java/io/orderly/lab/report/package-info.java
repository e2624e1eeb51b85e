/**
 * The reports of experiments and certifications: self-contained pages of HTML without scripts, for screens of any width and for paper,
 * lines of text, and JUnit XML. The templates are in {@code src/main/jte}.
 */
@NullMarked
package io.orderly.lab.report;

import org.jspecify.annotations.NullMarked;
