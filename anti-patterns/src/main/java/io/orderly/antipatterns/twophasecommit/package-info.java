/**
 * Two-phase commit with PostgreSQL's prepared transactions, as seen by a participating service: an anti-pattern,
 * implemented as well as possible.
 *
 * <p>A distributed transaction places one order and is identified by the order's id. Each service has one branch of it,
 * with a global identifier in PostgreSQL, {@code orderly:<service>:<order id>}; it contains the name of the service,
 * because all databases of a server share these identifiers.
 *
 * <pre>
 *   prepare   the work, then PREPARE TRANSACTION: the branch can be committed after any failure, and keeps its locks
 *   commit    COMMIT PREPARED; for an unknown identifier the branch's record shows whether it was committed before
 *   rollback  ROLLBACK PREPARED, and a tombstone that refuses a prepare request that arrives later
 * </pre>
 *
 * <p>Between prepare and decision the branch is <i>in doubt</i>: only the transaction manager may end it, not this
 * service or PostgreSQL, and other transactions that need its rows wait.
 */
@NullMarked
package io.orderly.antipatterns.twophasecommit;

import org.jspecify.annotations.NullMarked;
