package io.orderly.payment.charging;

import io.orderly.contracts.reply.StepReply;
import io.orderly.payment.ledger.Transfer;
import java.util.List;

/**
 * What follows from a command or from the provider's answer.
 *
 * @param payment in the state that it has from now on
 * @param transfers to be posted together with it
 * @param replies to the saga, in this order
 */
record Decision(Payment payment, List<Transfer> transfers, List<StepReply> replies) {

    /** No money moves and no reply is due. */
    static Decision silent(Payment payment) {
        return new Decision(payment, List.of(), List.of());
    }
}
