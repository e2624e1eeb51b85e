package io.orderly.lab.experiment;

import java.util.Locale;

/** A metric of a run, for which an experiment can state an expectation. */
public enum Metric {
    /** Violations found by the audit after the drain and by the audits of single databases during the run. */
    VIOLATIONS("violations", false),
    /** Orders per second that came to their right end within the objective of the experiment. */
    GOODPUT("goodput, orders/s", true),
    /** Time from the intended start of a request to the end of its order, in milliseconds; at least the patience without an end. */
    P50("p50, ms", true),
    P90("p90, ms", true),
    P99("p99, ms", true),
    P999("p99.9, ms", true),
    /** The greatest age of a prepared transaction, in seconds, sampled once a second. */
    IN_DOUBT_SECONDS("oldest transaction in doubt, s", false),
    /** The greatest number of locks that prepared transactions held at a time. */
    IN_DOUBT_LOCKS("most locks in doubt", false),
    /** Orders without a published outcome at the end of the drain. */
    UNKNOWN("orders without an end", false),
    /** Orders that came to a wrong end, such as the rejection of an order that could be fulfilled, at any time. */
    WRONG_ENDS("orders with a wrong end", false),
    /** Orders that wait for an operator. */
    PARKED("parked orders", false),
    /** Requests that were sent for each order, with those that repeat an earlier one. */
    REQUESTS("requests for an order", true),
    /** Time from the injection of the first fault until the goodput holds 90% of that before, in seconds. */
    RECOVERY_SECONDS("seconds from the injection to recovery", false),
    /** The goodput that was lost from the injection to the recovery, in orders. */
    LOST_ORDERS("goodput lost to the fault, orders", false),
    /** Requests that reached the payment provider, for each order that was placed. */
    PROVIDER_CALLS("calls to the provider for an order", true),
    /** Products that the inventory-service loaded from its database into memory; of arms that read products, with a single instance. */
    PRODUCT_LOADS("loads of products from the database, 1/s", true),
    /** Writes that an instance has committed to a partition of which another was the owner by then; with several instances. */
    STALE_WRITES("writes of earlier owners", false),
    /** Partitions whose write was refused because another instance has followed as their owner; with several instances. */
    REFUSED_PARTITIONS("partitions refused to earlier owners", false);

    private final String title;
    private final boolean isOfPhase;

    Metric(String title, boolean isOfPhase) {
        this.title = title;
        this.isOfPhase = isOfPhase;
    }

    /** A label with the unit. */
    public String title() {
        return title;
    }

    /** Whether there is a value for each phase, and not only for the whole run. */
    public boolean isOfPhase() {
        return isOfPhase;
    }

    /** Whether a value of 0 is usual, so that a ratio says nothing. */
    public boolean isCount() {
        return switch (this) {
            case VIOLATIONS, IN_DOUBT_SECONDS, IN_DOUBT_LOCKS, UNKNOWN, WRONG_ENDS, PARKED -> true;
            default -> false;
        };
    }

    /** Whether it is a latency in milliseconds. */
    public boolean isInMillis() {
        return switch (this) {
            case P50, P90, P99, P999 -> true;
            default -> false;
        };
    }

    /** The name in experiment files. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
