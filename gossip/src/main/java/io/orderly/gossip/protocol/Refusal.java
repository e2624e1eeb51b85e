package io.orderly.gossip.protocol;

/** Why a message, or an update within it, had no effect. */
public enum Refusal {
    /** The bytes are not a message. */
    MALFORMED,
    /** Another cluster, or another version of the protocol. */
    FOREIGN,
    /** Too many messages from its address in this period. */
    RATE,
    /** It is for a member that had the address before. */
    WRONG_TARGET,
    /** This member sent it itself. */
    OWN,
    /** An incarnation too far ahead of the wall clock. */
    INCARNATION,
    /** There are as many members as are allowed. */
    MEMBERS
}
