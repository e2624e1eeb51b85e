/**
 * A service's side of two-phase commit over PostgreSQL's prepared transactions: an anti-pattern, done properly.
 *
 * <p>A distributed transaction places one order and is named by its id. Each service has one branch of it, and that branch
 * one global identifier in PostgreSQL, {@code orderly:<service>:<order id>}; the name of the service is part of it, since the
 * databases of one server share these identifiers.
 *
 * <pre>
 *   prepare   work, then PREPARE TRANSACTION: the branch can be committed whatever happens now, and keeps all its locks
 *   commit    COMMIT PREPARED; for an unknown identifier the record that each branch leaves tells whether it is done already
 *   rollback  ROLLBACK PREPARED, and a tombstone that refuses a prepare which is still on its way
 * </pre>
 *
 * <p>From the first to the second of these the branch is <i>in doubt</i>: neither this service nor PostgreSQL may end it, only
 * the transaction manager, and whoever wants a row that it holds waits for that.
 */
@NullMarked
package io.orderly.antipatterns.twophasecommit;

import org.jspecify.annotations.NullMarked;
