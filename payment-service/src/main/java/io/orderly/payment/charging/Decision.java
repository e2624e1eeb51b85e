package io.orderly.payment.charging;

import io.orderly.contracts.reply.StepReply;
import io.orderly.payment.ledger.Transfer;
import java.util.List;

/**
 * The result of applying a command or an answer of the provider to a payment.
 *
 * @param payment the payment in its new state
 * @param transfers the transfers to post in the same transaction
 * @param replies the replies to the saga, in the order in which they are sent
 */
record Decision(Payment payment, List<Transfer> transfers, List<StepReply> replies) {

    /** A decision without transfers and replies. */
    static Decision withoutEffects(Payment payment) {
        return new Decision(payment, List.of(), List.of());
    }
}
