/**
 * The saga of an order as a pure function: from the current state, an input and the time it computes the next state, the commands
 * to send and the events to publish. It uses no database, no Kafka and no clock. A saga is identified by the id of its order.
 *
 * <pre>
 *   step                  compensation           on failure
 *   RESERVE_INVENTORY     RELEASE_INVENTORY      the saga compensates
 *   CHARGE_PAYMENT        REFUND_PAYMENT         the saga compensates
 *   SCHEDULE_SHIPMENT     CANCEL_SHIPMENT        the saga compensates; the completion of this step is the pivot
 *   COMMIT_RESERVATION    none                   the command is sent again until the step completes
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
 *   Forward and Compensating can be parked; a parked saga resumes the state in which it was parked.
 * </pre>
 *
 * <p>Participants are idempotent and record compensations of steps they never received. Therefore the saga can compensate a step
 * whose outcome is unknown, send any command again, and ignore every reply that it does not await.
 */
@NullMarked
package io.orderly.order.saga;

import org.jspecify.annotations.NullMarked;
