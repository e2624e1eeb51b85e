/**
 * Fencing of partitions: the database refuses writes of an instance that another has followed as the owner of a partition. This is the
 * check that does not depend on clocks, see "How to do distributed locking" by Martin Kleppmann (2016).
 */
@NullMarked
package io.orderly.kit.fencing;

import org.jspecify.annotations.NullMarked;
