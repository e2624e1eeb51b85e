/**
 * The rules of the provider's book, without files, threads or clocks.
 *
 * <p>A payment is known by the idempotency key that its client chose. What can become of a key:
 *
 * <pre>
 *             charge                      reverse
 *   (none) ──────────────▶ CHARGED ──────────────────▶ REFUNDED
 *     │                       ▲
 *     │    authorize          │ capture
 *     ├──────────────▶ AUTHORIZED ──── void, reverse ──▶ VOIDED
 *     │
 *     │    either of them, refused by the issuer
 *     ├──────────────▶ DECLINED
 *     │
 *     │    void, reverse: before the charge arrived
 *     └──────────────▶ VOIDED, a tombstone: a charge that comes later finds it and moves no money
 * </pre>
 *
 * <p>Every instruction may come twice, late and in any order; a repeated one changes nothing and gets the payment as it
 * is. So a client that does not know what became of a charge has one safe way out: reverse it. {@code reverse} settles
 * a charge that arrived, one that never will, and one that is still on its way.
 *
 * <p>A charge is an authorisation captured at once; both live under the same keys.
 */
@NullMarked
package io.orderly.provider.book;

import org.jspecify.annotations.NullMarked;
