/**
 * What a system has left behind: the rows of its databases, the records on its topics and the payment provider's book, read
 * from there and not asked of the services. Each database is read in one snapshot; between them time passes, so evidence
 * that is to be compared across databases is gathered when the system is at rest.
 */
@NullMarked
package io.orderly.lab.evidence;

import org.jspecify.annotations.NullMarked;
