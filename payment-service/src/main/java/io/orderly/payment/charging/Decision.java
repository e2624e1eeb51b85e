package io.orderly.payment.charging;

import io.orderly.contracts.reply.StepReply;
import io.orderly.payment.ledger.Transfer;
import java.util.List;

/**
 * What follows from a command or from the provider's answer.
 *
 * @param payment as it is from now on
 * @param transfers the money that moves with it
 * @param replies what the saga is told, in this order
 */
record Decision(Payment payment, List<Transfer> transfers, List<StepReply> replies) {

    static Decision nothing(Payment payment) {
        return new Decision(payment, List.of(), List.of());
    }
}
