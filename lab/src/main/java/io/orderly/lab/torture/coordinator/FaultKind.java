package io.orderly.lab.torture.coordinator;

import java.util.Locale;

/** A fault of a member, or of all members. */
enum FaultKind {
    /** SIGKILL, and a restart. */
    KILL,
    /** SIGKILL to all members at the same time, and a restart. */
    KILL_ALL,
    /** SIGSTOP, and SIGCONT. */
    PAUSE,
    /** The other members receive nothing from it. */
    CUT_SENDING,
    /** It receives nothing from the other members. */
    CUT_RECEIVING,
    /** Both directions are cut. */
    CUT,
    /** Its outgoing messages are delayed. */
    DELAY;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
