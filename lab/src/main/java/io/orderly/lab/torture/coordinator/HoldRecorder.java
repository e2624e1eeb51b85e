package io.orderly.lab.torture.coordinator;

import java.util.ArrayList;
import java.util.List;

/** Records when clients believed that they held locks. Thread-safe. */
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

    /** Of how many holds the fencing token is known. */
    synchronized int fencingTokens() {
        return Math.toIntExact(
                holds.stream().filter(hold -> hold.token().isPresent()).count());
    }

    /** Of how many holds the lease had to end by itself. */
    synchronized int forgotten() {
        return forgotten;
    }

    synchronized int failures() {
        return failed;
    }
}
