package io.orderly.coordinator.store;

/** Why a command or a read was refused. Nothing has changed. */
public sealed interface StoreRefusal {

    /** The revision can no longer be read; the lowest that can be read is {@code compactedRevision}. */
    record Compacted(long compactedRevision) implements StoreRefusal {}

    /** The revision does not exist yet. */
    record FutureRevision(long revision, long newestRevision) implements StoreRefusal {}

    record EmptyKey() implements StoreRefusal {}

    /** The same transaction would write the key twice. */
    record DuplicateKey(Bytes key) implements StoreRefusal {}

    /** The key whose value or lease shall be kept does not exist. */
    record KeyNotFound(Bytes key) implements StoreRefusal {}

    /** A value or lease was given although it shall be kept. */
    record ValueOrLeaseGiven() implements StoreRefusal {}

    record TooManyOperations(int limit) implements StoreRefusal {}

    record KeyTooLarge(int sizeInBytes, int limitBytes) implements StoreRefusal {}

    record ValueTooLarge(int sizeInBytes, int limitBytes) implements StoreRefusal {}

    /** There is no space for what the command would add. Deletions, compactions, and the end of leases and sessions free space. */
    record StoreFull(long sizeInBytes, long limitBytes) implements StoreRefusal {}

    record LeaseNotFound(long id) implements StoreRefusal {}

    record LeaseExists(long id) implements StoreRefusal {}

    /** The time to live is out of range. */
    record InvalidLeaseTtl(long ttlMillis) implements StoreRefusal {}

    record TooManyLeases(int limit) implements StoreRefusal {}

    /** It was proposed by the lease clock of an earlier leader. */
    record StaleLeaseClock() implements StoreRefusal {}

    /** The session was never opened, is closed, or its lease has ended. This attempt has had no effect; earlier ones may have. */
    record SessionNotFound(long lease) implements StoreRefusal {}

    record TooManySessions(int limit) implements StoreRefusal {}

    /** The client has acknowledged the response to this command before: a late duplicate. It has had no effect this time. */
    record AlreadyAcknowledged(long acknowledgedBelow) implements StoreRefusal {}

    /** Too many responses of the session are not acknowledged by the client. */
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

    /** The caller may not do this now, or the users and roles cannot be changed like this. */
    record Auth(AuthRefusal refusal) implements StoreRefusal {}
}
