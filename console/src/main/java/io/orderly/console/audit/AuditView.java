package io.orderly.console.audit;

import java.util.List;

/**
 * The last check of all invariants.
 *
 * @param checkedMillis when it was; 0 if there was none yet
 * @param runs how many checks there were since the start of the console
 */
public record AuditView(Verdict verdict, long checkedMillis, long runs, List<Check> checks) {

    /** Before the first check. */
    public static final AuditView NONE = new AuditView(Verdict.UNKNOWN, 0, 0, List.of());

    public enum Verdict {
        HOLDS,
        /** It could not be checked, or not all of it. */
        UNKNOWN,
        VIOLATED
    }

    /**
     * The check of an invariant.
     *
     * @param invariant a sentence
     * @param examined how many orders, accounts and so on were looked at
     * @param detail what violates it, or why it could not be checked; empty if it holds
     */
    public record Check(String invariant, Verdict verdict, int examined, String detail) {}

    /** All of them hold, one is violated, or one could not be checked. */
    static AuditView of(List<Check> checks, long nowMillis, long runs) {
        Verdict worst =
                checks.stream().map(Check::verdict).max(Verdict::compareTo).orElse(Verdict.UNKNOWN);
        return new AuditView(worst, nowMillis, runs, checks);
    }
}
