package io.orderly.lab.experiment;

import java.util.Locale;

/** What is measured of each run, and can be expected of it. */
public enum Metric {
    /** Findings of the audit after the drain, and of the audits of single databases meanwhile. */
    VIOLATIONS("violations", false),
    /** Orders per second that came to their end. */
    GOODPUT("orders/s to their end", true),
    /** From when a request should have been sent to its order's end, in milliseconds. */
    P50("p50, ms", true),
    P99("p99, ms", true),
    P999("p99.9, ms", true),
    /** How old a prepared transaction became, in seconds, seen once a second. */
    IN_DOUBT_SECONDS("oldest transaction in doubt, s", false),
    /** The most locks that prepared transactions held at a time. */
    IN_DOUBT_LOCKS("most locks in doubt", false),
    /** Orders of which nobody was told what became of them when the drain was over. */
    UNKNOWN("orders without an end", false),
    /** From the end of the fault until orders fare as before it, in seconds. */
    RECOVERY_SECONDS("seconds to recover", false),
    /** How many requests reached the payment provider for each order that was placed, during the fault. */
    PROVIDER_CALLS("calls to the provider for an order", true);

    private final String title;
    private final boolean isOfPhase;

    Metric(String title, boolean isOfPhase) {
        this.title = title;
        this.isOfPhase = isOfPhase;
    }

    /** What it is, and its unit. */
    public String title() {
        return title;
    }

    /** Whether each phase has its own. */
    public boolean isOfPhase() {
        return isOfPhase;
    }

    /** As experiment files name it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
