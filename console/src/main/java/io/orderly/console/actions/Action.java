package io.orderly.console.actions;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a person can request of the saga of an order, with the endpoint of the order-service for it. */
enum Action {
    CANCEL("/orders/%s/cancellation"),
    RETRY("/sagas/%s/retry"),
    PARK("/sagas/%s/park"),
    COMPENSATE("/sagas/%s/compensate");

    private final String path;

    Action(String path) {
        this.path = path;
    }

    /** The action of a name such as {@code cancel}. */
    static Optional<Action> named(String name) {
        return Arrays.stream(values())
                .filter(action -> action.name().toLowerCase(Locale.ROOT).equals(name))
                .findAny();
    }

    /** Whether operators request it, who say who they are and why; customers cancel. */
    boolean byOperator() {
        return this != CANCEL;
    }

    /** @param order its id, in canonical form */
    String path(String order) {
        return path.formatted(order);
    }
}
