package io.orderly.coordinator.store;

import io.orderly.coordinator.store.StoreResponse.LeasesKeptAlive;
import java.nio.BufferOverflowException;
import org.jspecify.annotations.Nullable;

/** Binary form of responses, for sessions and between the members of a cluster. It is read by the program version that wrote it, or a newer one. */
public final class ResponseCodec {

    private static final int PUT = 1;
    private static final int DELETE = 2;
    private static final int RANGE = 3;
    private static final int TXN = 4;
    private static final int LEASE_GRANTED = 5;
    private static final int LEASES_KEPT_ALIVE = 6;
    private static final int TIMESTAMP_BOUND = 7;
    private static final int DONE = 8;
    private static final int NOT_KEPT = 9;
    private static final int REFUSED = 10;

    private ResponseCodec() {}

    public static byte[] encode(StoreResponse answer) {
        Encoder to = new Encoder();
        write(answer, to);
        return to.take();
    }

    /** @return the bytes; null if there would be more than the limit, which the encoder never allocates */
    public static byte @Nullable [] encode(StoreResponse answer, int maxBytes) {
        try {
            Encoder to = new Encoder(maxBytes);
            write(answer, to);
            return to.take();
        } catch (BufferOverflowException e) {
            return null;
        }
    }

    /** @throws MalformedException if the bytes are no response */
    public static StoreResponse decode(byte[] bytes) {
        Decoder from = new Decoder(bytes);
        StoreResponse answer = read(from, 0);
        from.end();
        return answer;
    }

    private static void write(StoreResponse answer, Encoder to) {
        switch (answer) {
            case StoreResponse.Put(long revision, KeyValue previous) ->
                CommonCodec.writeOptional(previous, to.octet(PUT).number(revision));
            case StoreResponse.DeleteRange(long revision, long deleted, var previous) -> {
                to.octet(DELETE).number(revision).number(deleted).number(previous.size());
                previous.forEach(one -> CommonCodec.write(one, to));
            }
            case StoreResponse.Range(long revision, var keyValues, boolean more, long count) -> {
                to.octet(RANGE).number(revision).flag(more).number(count).number(keyValues.size());
                keyValues.forEach(one -> CommonCodec.write(one, to));
            }
            case StoreResponse.Txn(long revision, boolean succeeded, var answers) -> {
                to.octet(TXN).number(revision).flag(succeeded).number(answers.size());
                answers.forEach(one -> write(one, to));
            }
            case StoreResponse.LeaseGranted(long revision, long id, long ttlMillis) ->
                to.octet(LEASE_GRANTED).number(revision).fixed(id).number(ttlMillis);
            case LeasesKeptAlive(long revision, var leases) -> {
                to.octet(LEASES_KEPT_ALIVE).number(revision).number(leases.size());
                leases.forEach(one -> to.fixed(one.id()).number(one.ttlMillis()));
            }
            case StoreResponse.TimestampBound(long revision, long previous, long bound) ->
                to.octet(TIMESTAMP_BOUND).number(revision).fixed(previous).fixed(bound);
            case StoreResponse.Done(long revision) -> to.octet(DONE).number(revision);
            case StoreResponse.ResponseNotKept(long revision) ->
                to.octet(NOT_KEPT).number(revision);
            case StoreResponse.Refused(long revision, StoreRefusal refusal) ->
                RefusalCodec.write(refusal, to.octet(REFUSED).number(revision));
        }
    }

    private static StoreResponse read(Decoder from, int depth) {
        if (depth > TxnRules.MAX_DEPTH) {
            throw new MalformedException("responses nested deeper than " + TxnRules.MAX_DEPTH);
        }
        int kind = from.octet();
        long revision = from.number();
        return switch (kind) {
            case PUT -> new StoreResponse.Put(revision, CommonCodec.readOptional(from));
            case DELETE ->
                new StoreResponse.DeleteRange(revision, from.number(), from.list(() -> CommonCodec.readKeyValue(from)));
            case RANGE -> {
                boolean more = from.flag();
                long count = from.number();
                yield new StoreResponse.Range(revision, from.list(() -> CommonCodec.readKeyValue(from)), more, count);
            }
            case TXN -> new StoreResponse.Txn(revision, from.flag(), from.list(() -> read(from, depth + 1)));
            case LEASE_GRANTED -> new StoreResponse.LeaseGranted(revision, from.fixed(), from.number());
            case LEASES_KEPT_ALIVE ->
                new LeasesKeptAlive(
                        revision, from.list(() -> new LeasesKeptAlive.Renewed(from.fixed(), from.number())));
            case TIMESTAMP_BOUND -> new StoreResponse.TimestampBound(revision, from.fixed(), from.fixed());
            case DONE -> new StoreResponse.Done(revision);
            case NOT_KEPT -> new StoreResponse.ResponseNotKept(revision);
            case REFUSED -> new StoreResponse.Refused(revision, RefusalCodec.read(from));
            default -> throw new MalformedException("%d is no kind of response".formatted(kind));
        };
    }
}
