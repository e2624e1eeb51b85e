/**
 * Reports: what came of an experiment, as one page of HTML that needs nothing else, no network and no script, and reads on
 * paper and on a phone; and as JSON.
 */
@NullMarked
package io.orderly.lab.report;

import org.jspecify.annotations.NullMarked;
