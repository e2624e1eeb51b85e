package io.orderly.order.intake;

import io.orderly.order.Order;
import java.util.List;

/** What became of a draft. */
public sealed interface Intake {

    /** It is an order now, and its saga is under way. */
    record Accepted(Order order) implements Intake {}

    /** It is not, and nothing was stored. */
    record Refused(List<Flaw> flaws) implements Intake {}
}
