/**
 * Reports: the results of an experiment as JSON, and as a self-contained HTML page without scripts or network access
 * that is suitable for phones and print.
 */
@NullMarked
package io.orderly.lab.report;

import org.jspecify.annotations.NullMarked;
