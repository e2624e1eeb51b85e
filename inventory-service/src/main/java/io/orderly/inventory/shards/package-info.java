/**
 * The shards of catalogue and stock: ranges of SKUs, each in a schema of the database.
 *
 * <p>The tables are partitioned by SKU, and PostgreSQL finds the shard of a row, so that no other package knows shards. {@link
 * io.orderly.inventory.shards.Shards} has the range map and changes it: it is published in the coordinator, if there is one, and is in force when
 * the transaction that moves the rows is committed. That transaction locks the partitioned tables, so that each other transaction that uses
 * them is either before the move or after it.
 */
@NullMarked
package io.orderly.inventory.shards;

import org.jspecify.annotations.NullMarked;
