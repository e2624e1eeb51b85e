/**
 * Evidence of a system's state: the rows of its databases, the records on its topics and the payment provider's book,
 * read directly and not through the services. Each database is read in one snapshot, but at different times, so
 * evidence that is compared across databases is gathered when no work is pending.
 */
@NullMarked
package io.orderly.lab.evidence;

import org.jspecify.annotations.NullMarked;
