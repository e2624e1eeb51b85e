/**
 * The saga of an order as a pure function: what it is told, and when, decides its next state, the commands it sends and
 * the facts it makes public. No database, no Kafka, no clock; a saga is named by the id of its order.
 *
 * <pre>
 *   step                  undone by              a failure here
 *   RESERVE_INVENTORY     RELEASE_INVENTORY      turns the saga round
 *   CHARGE_PAYMENT        REFUND_PAYMENT         turns the saga round
 *   SCHEDULE_SHIPMENT     CANCEL_SHIPMENT        turns the saga round; its completion is the pivot
 *   COMMIT_RESERVATION    nothing                is no way out: it is sent again until it is done
 * </pre>
 *
 * <pre>
 *            ┌─────────┐  last step completed
 *   start ──▶│ Forward │──────────────────────────────────────────▶ Confirmed
 *            └─────────┘
 *                 │ declined, refused, timed out, cancelled
 *                 ▼
 *            ┌──────────────┐  last compensation completed
 *            │ Compensating │─────────────────────────────────────▶ Rejected | Cancelled
 *            └──────────────┘
 *   Both park when they cannot go on by themselves, and go on from where they stopped.
 * </pre>
 *
 * <p>Participants are idempotent and remember compensations of steps they never saw. That is what allows the saga to undo
 * a step whose outcome it does not know, to send any command again, and to ignore every reply that it does not await.
 */
@NullMarked
package io.orderly.order.saga;

import org.jspecify.annotations.NullMarked;
