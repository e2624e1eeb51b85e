/**
 * Charges and refunds, one payment per order.
 *
 * <p>The rules are methods of {@code Payment}. They change the payment and return the resulting transfers and replies,
 * which the caller posts and sends. A payment is settled in two short transactions; the provider is called between
 * them, never inside a transaction:
 *
 * <ol>
 *   <li>the command's transaction holds the amount and commits the intent, or declines immediately;
 *   <li>the provider is called with an idempotency key derived from the order;
 *   <li>a second transaction commits the outcome together with the reply to the saga.
 * </ol>
 *
 * Each transaction processes all commands or outcomes that are waiting: one query locks the required rows, and each
 * table is written in one JDBC batch. A crash between two of these steps leaves an open payment, which is claimed again
 * when its claim has expired; because its outcome is then unknown, the key is first looked up at the provider.
 *
 * <pre>
 *   (none) ── charge ──▶ INTENDED ── charged ──▶ CHARGED ── refund ──▶ REFUNDING ── refunded ──▶ REFUNDED
 *     │                   │    └──── declined ─▶ DECLINED                                          ▲
 *     │                   │ refund                                                                 │ it had been charged
 *     └───── refund ──────┴────────────────────▶ VOIDING ──────────────────────────────────────────┤
 *                                                                                                  │ never charged
 *                                                                                                  ▼
 *                                                                                                VOIDED
 * </pre>
 */
@NullMarked
package io.orderly.payment.charging;

import org.jspecify.annotations.NullMarked;
