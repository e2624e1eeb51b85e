/**
 * Anti-pattern: a lock without a fencing token. Instances own partitions under leases, and each looks at its lease before it begins to work;
 * the database does not compare tokens. See "How to do distributed locking" by Martin Kleppmann (2016), and chapter 8 of his <i>Designing
 * Data-Intensive Applications</i> (2017).
 */
@NullMarked
package io.orderly.antipatterns.lockwithouttoken;

import org.jspecify.annotations.NullMarked;
