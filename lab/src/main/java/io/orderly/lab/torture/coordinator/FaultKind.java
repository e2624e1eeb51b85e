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
    SLOW_DISK(2),
    /** Its disk has no space; the others go on. */
    FULL_DISK(2),
    /** No disk has space, so that no member accepts data. */
    ALL_DISKS_FULL(1);

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

    boolean fillsDisks() {
        return this == FULL_DISK || this == ALL_DISKS_FULL;
    }

    /** Whether it needs a clock and a disk that can be impaired. */
    boolean isOfMachine() {
        return this == CLOCK_JUMP || this == SLOW_DISK || fillsDisks();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
