package io.orderly.lab.torture.coordinator;

import java.util.Locale;

/** What is done to a member, or to all. */
enum FaultKind {
    /** SIGKILL, and a restart. */
    KILL,
    /** SIGKILL to all members at the same time, and a restart. */
    KILL_ALL,
    /** SIGSTOP, and SIGCONT. */
    PAUSE,
    /** The others receive nothing from it. */
    CUT_SENDING,
    /** It receives nothing from the others. */
    CUT_RECEIVING,
    /** Both directions. */
    CUT,
    /** What it sends arrives late. */
    DELAY;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
