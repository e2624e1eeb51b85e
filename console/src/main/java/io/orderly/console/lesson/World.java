package io.orderly.console.lesson;

import io.orderly.console.faults.FaultsView;
import io.orderly.console.order.OrderView;
import io.orderly.console.system.SystemView;
import java.util.Optional;

/** What the console knows of the system, for lessons. */
public interface World {

    /** An order; empty if no message of it was read. */
    Optional<OrderView> order(String id);

    FaultsView faults();

    /** The last state of the system; empty if it was not asked yet. */
    Optional<SystemView> system();
}
