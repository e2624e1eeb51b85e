package io.orderly.coordinator.store;

/** Why a command or a read was refused. Nothing has changed. */
public sealed interface StoreRefusal {

    /** The revision is no longer readable. The least one that is: {@code compactedRevision}. */
    record Compacted(long compactedRevision) implements StoreRefusal {}

    /** The revision is yet to come. */
    record FutureRevision(long revision, long newestRevision) implements StoreRefusal {}

    record EmptyKey() implements StoreRefusal {}

    /** The same transaction would write the key twice. */
    record DuplicateKey(Bytes key) implements StoreRefusal {}

    /** There is nothing that could be kept. */
    record KeyNotFound(Bytes key) implements StoreRefusal {}

    /** A value or lease was given that should be kept as it is. */
    record ValueOrLeaseGiven() implements StoreRefusal {}

    record TooManyOperations(int limit) implements StoreRefusal {}

    record KeyTooLarge(int sizeInBytes, int limitBytes) implements StoreRefusal {}

    record ValueTooLarge(int sizeInBytes, int limitBytes) implements StoreRefusal {}

    /** No room for what the command would add. Deletions, compactions, and the end of leases and sessions make room. */
    record StoreFull(long sizeInBytes, long limitBytes) implements StoreRefusal {}

    record LeaseNotFound(long id) implements StoreRefusal {}

    record LeaseExists(long id) implements StoreRefusal {}

    /** It is not within the bounds for it. */
    record InvalidLeaseTtl(long ttlMillis) implements StoreRefusal {}

    record TooManyLeases(int limit) implements StoreRefusal {}

    /** It was sent by the clock of a leader that another has taken over from. */
    record StaleLeaseClock() implements StoreRefusal {}

    /** It was never opened, or is closed, or its lease has ended: this attempt has had no effect; of earlier ones it says nothing. */
    record SessionNotFound(long lease) implements StoreRefusal {}

    record TooManySessions(int limit) implements StoreRefusal {}

    /** The client said before that it has the answer to this command: a late duplicate. It has had no effect this time. */
    record AlreadyAcknowledged(long acknowledgedBelow) implements StoreRefusal {}

    /** Too many commands of the session wait for the client to say that it has their answers. */
    record SessionWindowFull(int limit) implements StoreRefusal {}

    /** A command of a session was refused before, and there was no room to keep the reason. */
    record ReasonNotKept() implements StoreRefusal {}

    /** @param reason for people */
    record Malformed(String reason) implements StoreRefusal {}

    /**
     * It would visit, sort or write more keys than one command or read may. Split the range; a limit on the keys returned does not
     * help, since all of the range is counted.
     *
     * @param limitSteps a visit is one step, a write {@value Work#STEPS_PER_WRITE}
     */
    record TooMuchWork(long limitSteps) implements StoreRefusal {}
}
