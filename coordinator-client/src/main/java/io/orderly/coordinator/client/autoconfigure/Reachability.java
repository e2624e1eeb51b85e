package io.orderly.coordinator.client.autoconfigure;

import java.time.Duration;

/** Decides when to report that the coordinator can or cannot be reached: once for each change. Not thread-safe. */
final class Reachability {

    /** What is to be reported. */
    enum Report {
        NOTHING,
        REACHED,
        UNREACHABLE
    }

    private final Duration patience;
    private long answeredNanos;
    private Report last = Report.NOTHING;

    /**
     * @param patience how long no probe may be answered until the coordinator counts as unreachable
     * @param nowNanos on the clock of all later calls
     */
    Reachability(Duration patience, long nowNanos) {
        this.patience = patience;
        answeredNanos = nowNanos;
    }

    /** A probe has ended. */
    Report probed(boolean answered, long nowNanos) {
        Report present = last;
        if (answered) {
            answeredNanos = nowNanos;
            present = Report.REACHED;
        } else if (nowNanos - answeredNanos >= patience.toNanos()) {
            present = Report.UNREACHABLE;
        }
        Report report = present == last ? Report.NOTHING : present;
        last = present;
        return report;
    }
}
