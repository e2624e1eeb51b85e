/**
 * Two-phase commit, an anti-pattern between services: the order-service as transaction manager, over branches that each
 * service prepares in its own PostgreSQL.
 *
 * <pre>
 *   manager                                        participants: orders, inventory, payment, shipping
 *      ── prepare, to all at once ──────────────▶  work, PREPARE TRANSACTION; locks are held from here on
 *      ◀── votes ────────────────────────────────
 *   all yes: COMMIT into the log, fsynced
 *      ── commit ───────────────────────────────▶  COMMIT PREPARED; locks are free
 *      ◀── acknowledgements ─────────────────────
 *   delete from the log
 * </pre>
 *
 * <p>Presumed abort (Mohan, Lindsay and Obermarck, <i>Transaction Management in the R* Distributed Database Management
 * System</i>, 1986): only commits are logged, and a transaction without an entry in the log is rolled back. Recovery looks
 * through the log for commits that a participant has not acknowledged, and through the participants for branches that are
 * older than the transaction timeout. Before it rolls such a branch back it writes an abort into the log, under the same
 * key as the commit. A manager that was only paused then cannot commit any more, and two instances can recover
 * concurrently.
 *
 * <p>Costs: while its branches are prepared, an order holds its locks for a disk write and two network round trips, and
 * for as long as the manager is unavailable; and orders can be placed only while all services are available.
 */
@NullMarked
package io.orderly.antipatterns.twophasecommit.manager;

import org.jspecify.annotations.NullMarked;
