package io.orderly.order.intake;

import io.orderly.order.Order;
import java.util.List;

/** What became of a draft. */
public sealed interface Intake {

    /** Nothing is wrong with it: this is the order. */
    record Accepted(Order order) implements Intake {}

    /** It is not, and nothing was stored. */
    record Refused(List<Flaw> flaws) implements Intake {}
}
