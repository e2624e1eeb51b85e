package io.orderly.lab.experiment;

import java.util.Locale;

/** A metric of a run, for which an experiment can state expectations. */
public enum Metric {
    /** Violations found by the audit after the drain, and by the periodic audits of single databases. */
    VIOLATIONS("violations", false),
    /** Completed orders per second. */
    GOODPUT("orders/s completed", true),
    /** End-to-end latency from the scheduled time of a request, in milliseconds. */
    P50("p50, ms", true),
    P99("p99, ms", true),
    P999("p99.9, ms", true),
    /** The maximum age of a prepared transaction in seconds, sampled once a second. */
    IN_DOUBT_SECONDS("age of the oldest in-doubt transaction, s", false),
    /** The maximum number of locks of prepared transactions at a time. */
    IN_DOUBT_LOCKS("most locks of in-doubt transactions", false),
    /** Orders without a known outcome at the end of the drain. */
    UNKNOWN("orders without a known outcome", false),
    /** The time from the end of the fault to recovery, in seconds. */
    RECOVERY_SECONDS("time to recovery, s", false),
    /** Requests to the payment provider per order that was sent. */
    PROVIDER_CALLS("requests to the provider per order", true);

    private final String title;
    private final boolean isOfPhase;

    Metric(String title, boolean isOfPhase) {
        this.title = title;
        this.isOfPhase = isOfPhase;
    }

    /** The label, including the unit. */
    public String title() {
        return title;
    }

    /** Whether the metric has a value per phase. */
    public boolean isOfPhase() {
        return isOfPhase;
    }

    /** The name in experiment files. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
