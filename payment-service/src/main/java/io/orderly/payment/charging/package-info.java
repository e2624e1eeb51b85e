/**
 * Charges and refunds, one payment per order.
 *
 * <p>The rules are methods of {@code Payment}. They change the payment and return the transfers and replies that follow, which
 * the caller posts and sends. A payment is settled in two short transactions with the provider between them, never inside one:
 *
 * <ol>
 *   <li>the command's transaction holds the amount and commits the intent, or declines at once;
 *   <li>the provider is asked, under an idempotency key derived from the order;
 *   <li>a second transaction commits the outcome together with the reply to the saga.
 * </ol>
 *
 * Each transaction is shared by all commands or outcomes that there are at the moment: one query locks what they need, and
 * each table is written in one JDBC batch. A crash between two of these steps leaves an open payment behind, which is taken up
 * again when its claim has run out; since its outcome is unknown then, the key is looked up before anything else is done.
 *
 * <pre>
 *   (none) ── charge ──▶ INTENDED ── charged ──▶ CHARGED ── refund ──▶ REFUNDING ── refunded ──▶ REFUNDED
 *     │                   │    └──── declined ─▶ DECLINED                                          ▲
 *     │                   │ refund                                                                 │ it had been charged
 *     └───── refund ──────┴────────────────────▶ VOIDING ──────────────────────────────────────────┤
 *                                                                                                  │ it never will be
 *                                                                                                  ▼
 *                                                                                                VOIDED
 * </pre>
 */
@NullMarked
package io.orderly.payment.charging;

import org.jspecify.annotations.NullMarked;
