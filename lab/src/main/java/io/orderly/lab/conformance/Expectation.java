package io.orderly.lab.conformance;

import io.orderly.contracts.Money;
import io.orderly.contracts.reply.ChargeCaptured;
import io.orderly.contracts.reply.StepCompleted;
import io.orderly.contracts.reply.StepDeclined;
import io.orderly.contracts.reply.StepRefused;
import io.orderly.contracts.reply.StepReply;
import java.util.function.BiPredicate;

/**
 * What a reply has to be.
 *
 * @param words completes "the reply must be"
 * @param holds of the first reply to the same step of the order, and of this one, which may be the first
 */
record Expectation(String words, BiPredicate<StepReply, StepReply> holds) {

    static final Expectation ANY = new Expectation("a reply", (_, _) -> true);
    static final Expectation COMPLETED = of("that the step is completed", StepCompleted.class);
    static final Expectation DECLINED = of("a StepDeclined", StepDeclined.class);
    static final Expectation REFUSED = of("a StepRefused", StepRefused.class);

    static final Expectation NOT_COMPLETED =
            new Expectation("no completed step", (_, reply) -> !(reply instanceof StepCompleted));

    static final Expectation COMPLETED_OR_REFUSED = new Expectation(
            "that the step is completed, or a StepRefused",
            (_, reply) -> reply instanceof StepCompleted || reply instanceof StepRefused);

    /** The reply to a repeated command. */
    static final Expectation THE_SAME = new Expectation("the same as the first one", StepReply::equals);

    /** The reply to a step that was executed before. */
    static final Expectation NOT_EXECUTED_AGAIN = new Expectation(
            "the same as the first one, or that the step is not executed",
            (first, reply) -> reply.equals(first) || !(reply instanceof StepCompleted));

    private static Expectation of(String words, Class<? extends StepReply> type) {
        return new Expectation(words, (_, reply) -> type.isInstance(reply));
    }

    static Expectation capturing(Money amount) {
        return new Expectation(
                "a ChargeCaptured of " + amount,
                (_, reply) -> reply instanceof ChargeCaptured captured
                        && captured.amount().equals(amount));
    }

    /** Exactly this reply. */
    static Expectation exactly(StepReply wanted) {
        return new Expectation(wanted.toString(), (_, reply) -> reply.equals(wanted));
    }
}
