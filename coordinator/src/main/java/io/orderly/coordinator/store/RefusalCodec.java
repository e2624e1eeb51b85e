package io.orderly.coordinator.store;

/** Binary form of refusals. */
final class RefusalCodec {

    private RefusalCodec() {}

    static void write(StoreRefusal refusal, Encoder to) {
        switch (refusal) {
            case StoreRefusal.Compacted(long revision) -> to.octet(1).number(revision);
            case StoreRefusal.FutureRevision(long revision, long newest) ->
                to.octet(2).number(revision).number(newest);
            case StoreRefusal.EmptyKey() -> to.octet(3);
            case StoreRefusal.DuplicateKey(Bytes key) -> to.octet(4).bytes(key);
            case StoreRefusal.KeyNotFound(Bytes key) -> to.octet(5).bytes(key);
            case StoreRefusal.ValueOrLeaseGiven() -> to.octet(6);
            case StoreRefusal.TooManyOperations(int limit) -> to.octet(7).number(limit);
            case StoreRefusal.KeyTooLarge(int size, int limit) ->
                to.octet(8).number(size).number(limit);
            case StoreRefusal.ValueTooLarge(int size, int limit) ->
                to.octet(9).number(size).number(limit);
            case StoreRefusal.StoreFull(long size, long limit) ->
                to.octet(10).number(size).number(limit);
            case StoreRefusal.LeaseNotFound(long id) -> to.octet(11).fixed(id);
            case StoreRefusal.LeaseExists(long id) -> to.octet(12).fixed(id);
            case StoreRefusal.InvalidLeaseTtl(long ttlMillis) -> to.octet(13).fixed(ttlMillis);
            case StoreRefusal.TooManyLeases(int limit) -> to.octet(14).number(limit);
            case StoreRefusal.StaleLeaseClock() -> to.octet(15);
            case StoreRefusal.SessionNotFound(long lease) -> to.octet(16).fixed(lease);
            case StoreRefusal.TooManySessions(int limit) -> to.octet(17).number(limit);
            case StoreRefusal.AlreadyAcknowledged(long bound) -> to.octet(18).number(bound);
            case StoreRefusal.SessionWindowFull(int limit) -> to.octet(19).number(limit);
            case StoreRefusal.Malformed(String reason) -> to.octet(20).bytes(Bytes.utf8(reason));
            case StoreRefusal.ReasonNotKept() -> to.octet(21);
            case StoreRefusal.TooMuchWork(long limit) -> to.octet(22).number(limit);
            case StoreRefusal.Auth(AuthRefusal auth) -> to.octet(23).octet(auth.ordinal());
        }
    }

    static StoreRefusal read(Decoder from) {
        int kind = from.octet();
        return switch (kind) {
            case 1 -> new StoreRefusal.Compacted(from.number());
            case 2 -> new StoreRefusal.FutureRevision(from.number(), from.number());
            case 3 -> new StoreRefusal.EmptyKey();
            case 4 -> new StoreRefusal.DuplicateKey(from.bytes());
            case 5 -> new StoreRefusal.KeyNotFound(from.bytes());
            case 6 -> new StoreRefusal.ValueOrLeaseGiven();
            case 7 -> new StoreRefusal.TooManyOperations(CommonCodec.readInt(from));
            case 8 -> new StoreRefusal.KeyTooLarge(CommonCodec.readInt(from), CommonCodec.readInt(from));
            case 9 -> new StoreRefusal.ValueTooLarge(CommonCodec.readInt(from), CommonCodec.readInt(from));
            case 10 -> new StoreRefusal.StoreFull(from.number(), from.number());
            case 11 -> new StoreRefusal.LeaseNotFound(from.fixed());
            case 12 -> new StoreRefusal.LeaseExists(from.fixed());
            case 13 -> new StoreRefusal.InvalidLeaseTtl(from.fixed());
            case 14 -> new StoreRefusal.TooManyLeases(CommonCodec.readInt(from));
            case 15 -> new StoreRefusal.StaleLeaseClock();
            case 16 -> new StoreRefusal.SessionNotFound(from.fixed());
            case 17 -> new StoreRefusal.TooManySessions(CommonCodec.readInt(from));
            case 18 -> new StoreRefusal.AlreadyAcknowledged(from.number());
            case 19 -> new StoreRefusal.SessionWindowFull(CommonCodec.readInt(from));
            case 20 -> new StoreRefusal.Malformed(from.bytes().toUtf8());
            case 21 -> new StoreRefusal.ReasonNotKept();
            case 22 -> new StoreRefusal.TooMuchWork(from.number());
            case 23 -> new StoreRefusal.Auth(CommonCodec.readEnum(from, AuthRefusal.values()));
            default -> throw new MalformedException("%d is no kind of refusal".formatted(kind));
        };
    }
}
