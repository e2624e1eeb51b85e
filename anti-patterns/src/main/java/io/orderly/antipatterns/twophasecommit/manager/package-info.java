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
 * System</i>, 1986): only commits are logged, and a transaction that the log does not know is rolled back. Recovery looks
 * through the log for commits that somebody has not acknowledged, and through the participants for branches that are older
 * than a transaction may get. Before it rolls such a branch back it writes an abort into the log, in the place where the
 * commit would have gone; so a manager that was only paused, and wakes, finds its decision taken, and two instances may
 * recover at once.
 *
 * <p>What it costs: while its branches are prepared an order keeps its locks through a disk write and two network round
 * trips, and as long as the manager is away; and it can be placed only while all services are there.
 */
@NullMarked
package io.orderly.antipatterns.twophasecommit.manager;

import org.jspecify.annotations.NullMarked;
