package io.orderly.lab.conformance;

import java.util.function.Consumer;

/**
 * A rule of the contract.
 *
 * @param id a short name, which is stable
 * @param title what the participant has to do
 * @param reason what goes wrong in a system whose participant does not
 * @param pace whether its messages may be mixed with those of other rules
 * @param script writes what is sent and what is expected, with new orders
 */
public record Rule(String id, String title, String reason, Pace pace, Consumer<Script> script) {

    /** When a rule is played. */
    enum Pace {
        /** With all others of this kind, in an interleaving that is drawn from the seed. */
        TOGETHER,
        /** After those, while no other is played: it uses up something, needs its messages back to back, or may stop the participant. */
        ALONE
    }
}
