/**
 * Anti-pattern: a cache whose entries expire for all requests at once, and in which each request that finds no entry asks the source, as many
 * as there are until the first of them has the answer. Known as cache stampede, dog-piling or thundering herd; see "Optimal Probabilistic Cache
 * Stampede Prevention" by Vattani and others (VLDB 2015), and "Scaling Memcache at Facebook" by Nishtala and others (NSDI 2013), section 3.2.1.
 */
@NullMarked
package io.orderly.antipatterns.cachestampede;

import org.jspecify.annotations.NullMarked;
