package io.orderly.lab.torture.coordinator;

import java.util.ArrayList;
import java.util.List;

/** Records when clients assumed that they held locks. Thread-safe. */
final class HoldRecorder {

    private final List<Hold> holds = new ArrayList<>();
    private int forgotten;
    private int failed;

    synchronized void add(Hold hold, boolean isForgotten) {
        holds.add(hold);
        forgotten += isForgotten ? 1 : 0;
    }

    /** An attempt did not lead to a hold. */
    synchronized void failed() {
        failed++;
    }

    synchronized List<Hold> holds() {
        return List.copyOf(holds);
    }

    /** The number of holds with a known fencing token. */
    synchronized int fencingTokens() {
        return Math.toIntExact(
                holds.stream().filter(hold -> hold.token().isPresent()).count());
    }

    /** The number of holds that ended with their lease. */
    synchronized int forgotten() {
        return forgotten;
    }

    synchronized int failures() {
        return failed;
    }
}
