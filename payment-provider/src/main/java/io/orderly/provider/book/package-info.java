/**
 * The rules of the provider's book, without files, threads or clocks.
 *
 * <p>A payment is identified by the idempotency key that its client chose. The statuses of a key:
 *
 * <pre>
 *             charge                      reverse
 *   (none) ──────────────▶ CHARGED ──────────────────▶ REFUNDED
 *     │                       ▲
 *     │    authorize          │ capture
 *     ├──────────────▶ AUTHORIZED ──── void, reverse ──▶ VOIDED
 *     │
 *     │    charge or authorize, declined by the issuer
 *     ├──────────────▶ DECLINED
 *     │
 *     │    void or reverse before the charge arrived
 *     └──────────────▶ VOIDED, a tombstone: a charge that arrives later captures nothing
 * </pre>
 *
 * <p>Each instruction may arrive repeatedly, late and in any order; a repeated instruction changes nothing and returns
 * the current payment. A client that does not know the outcome of a charge can therefore always reverse it: {@code
 * reverse} settles a charge that arrived, a charge that never arrives, and a charge that arrives later.
 *
 * <p>A charge is an authorization that is captured immediately; both use the same keys.
 */
@NullMarked
package io.orderly.provider.book;

import org.jspecify.annotations.NullMarked;
