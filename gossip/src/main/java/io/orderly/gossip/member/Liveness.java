package io.orderly.gossip.member;

/** Whether a member lives, as far as is known. Of two claims about the same incarnation, the later constant prevails. */
public enum Liveness {
    ALIVE,
    /** A probe of it failed. It is treated as alive until its suspicion times out. */
    SUSPECT,
    /** It did not refute a suspicion in time. */
    DEAD,
    /** It announced that it stops. */
    LEFT;

    /** Whether the member takes part: alive or only suspected. */
    public boolean isLive() {
        return this == ALIVE || this == SUSPECT;
    }
}
