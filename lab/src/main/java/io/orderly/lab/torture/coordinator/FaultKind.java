package io.orderly.lab.torture.coordinator;

import java.util.Locale;

/** A fault of a member, or of all members. */
enum FaultKind {
    /** SIGKILL, and a restart. */
    KILL(2),
    /** SIGKILL to all members at the same time, and a restart. */
    KILL_ALL(1),
    /** SIGSTOP, and SIGCONT. */
    PAUSE(2),
    /** The other members receive nothing from it. */
    CUT_SENDING(2),
    /** It receives nothing from the other members. */
    CUT_RECEIVING(2),
    /** Both directions are cut. */
    CUT(1),
    /** Its outgoing messages are delayed. */
    DELAY(1),
    /** Its wall clock is set forward or back, and stays so until its next jump or the end of the run. */
    CLOCK_JUMP(3),
    /** Its disk takes long to make writes durable. */
    SLOW_DISK(2);

    private final int weight;

    FaultKind(int weight) {
        this.weight = weight;
    }

    /** How often it is chosen, relative to the others. */
    int weight() {
        return weight;
    }

    boolean isKill() {
        return this == KILL || this == KILL_ALL;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
