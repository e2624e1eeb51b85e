package io.orderly.coordinator.store;

import io.orderly.coordinator.store.Compare.Operand;
import io.orderly.coordinator.store.RangeOptions.Bounds;
import io.orderly.coordinator.store.StoreCommand.DeleteRange;
import io.orderly.coordinator.store.StoreCommand.Put;
import io.orderly.coordinator.store.StoreCommand.Txn;
import java.util.List;

/** Binary form of operations on the map. */
final class OperationCodec {

    private static final int RANGE = 1;
    private static final int PUT = 2;
    private static final int DELETE = 3;
    private static final int TXN = 4;

    private static final int IGNORE_VALUE = 1;
    private static final int IGNORE_LEASE = 2;
    private static final int RETURN_PREVIOUS = 4;
    private static final int HAS_LEASE = 8;

    private OperationCodec() {}

    static void write(Operation operation, Encoder to) {
        switch (operation) {
            case Operation.Range range -> write(range, to.octet(RANGE));
            case Put put -> write(put, to.octet(PUT));
            case DeleteRange delete -> write(delete, to.octet(DELETE));
            case Txn txn -> write(txn, to.octet(TXN));
        }
    }

    /** @param depth of transactions around it */
    private static Operation readOperation(Decoder from, int depth) {
        int kind = from.octet();
        return switch (kind) {
            case RANGE -> readRange(from);
            case PUT -> readPut(from);
            case DELETE -> readDelete(from);
            case TXN -> readTxn(from, depth);
            default -> throw new MalformedException("%d is no kind of operation".formatted(kind));
        };
    }

    private static void write(Operation.Range range, Encoder to) {
        RangeOptions options = range.options();
        CommonCodec.write(range.keys(), to);
        to.number(options.revision())
                .number(options.limit())
                .octet(options.sort().field().ordinal())
                .flag(options.sort().descending())
                .octet(options.detail().ordinal())
                .number(options.modRevisions().min())
                .number(options.modRevisions().max())
                .number(options.createRevisions().min())
                .number(options.createRevisions().max());
    }

    private static Operation.Range readRange(Decoder from) {
        return new Operation.Range(
                CommonCodec.readRange(from),
                new RangeOptions(
                        from.number(),
                        from.number(),
                        new Sort(CommonCodec.readEnum(from, Sort.Field.values()), from.flag()),
                        CommonCodec.readEnum(from, RangeOptions.Detail.values()),
                        new Bounds(from.number(), from.number()),
                        new Bounds(from.number(), from.number())));
    }

    static void write(Put put, Encoder to) {
        to.octet((put.ignoreValue() ? IGNORE_VALUE : 0)
                        | (put.ignoreLease() ? IGNORE_LEASE : 0)
                        | (put.returnPrevious() ? RETURN_PREVIOUS : 0)
                        | (put.lease() == 0 ? 0 : HAS_LEASE))
                .bytes(put.key())
                .bytes(put.value());
        if (put.lease() != 0) {
            to.fixed(put.lease());
        }
    }

    static Put readPut(Decoder from) {
        int flags = from.octet();
        if (flags >= 2 * HAS_LEASE) {
            throw new MalformedException("%d is no combination of the flags of a put".formatted(flags));
        }
        return new Put(
                from.bytes(),
                from.bytes(),
                (flags & HAS_LEASE) == 0 ? 0 : from.fixed(),
                (flags & IGNORE_VALUE) != 0,
                (flags & IGNORE_LEASE) != 0,
                (flags & RETURN_PREVIOUS) != 0);
    }

    static void write(DeleteRange delete, Encoder to) {
        CommonCodec.write(delete.keys(), to);
        to.flag(delete.returnPrevious());
    }

    static DeleteRange readDelete(Decoder from) {
        return new DeleteRange(CommonCodec.readRange(from), from.flag());
    }

    static void write(Txn txn, Encoder to) {
        to.number(txn.compares().size());
        txn.compares().forEach(compare -> write(compare, to));
        for (List<Operation> list : List.of(txn.then(), txn.otherwise())) {
            to.number(list.size());
            list.forEach(operation -> write(operation, to));
        }
    }

    /** @param depth of transactions around it */
    static Txn readTxn(Decoder from, int depth) {
        if (depth == TxnRules.MAX_DEPTH) {
            throw new MalformedException("transactions nested deeper than " + TxnRules.MAX_DEPTH);
        }
        return new Txn(
                from.list(() -> readCompare(from)),
                from.list(() -> readOperation(from, depth + 1)),
                from.list(() -> readOperation(from, depth + 1)));
    }

    private static void write(Compare compare, Encoder to) {
        CommonCodec.write(compare.keys(), to);
        to.octet(compare.relation().ordinal());
        switch (compare.operand()) {
            case Operand.Version(long version) -> to.octet(0).number(version);
            case Operand.CreateRevision(long revision) -> to.octet(1).number(revision);
            case Operand.ModRevision(long revision) -> to.octet(2).number(revision);
            case Operand.Value(Bytes value) -> to.octet(3).bytes(value);
            case Operand.Lease(long id) -> to.octet(4).fixed(id);
        }
    }

    private static Compare readCompare(Decoder from) {
        return new Compare(
                CommonCodec.readRange(from), CommonCodec.readEnum(from, Compare.Relation.values()), readOperand(from));
    }

    private static Operand readOperand(Decoder from) {
        int kind = from.octet();
        return switch (kind) {
            case 0 -> new Operand.Version(from.number());
            case 1 -> new Operand.CreateRevision(from.number());
            case 2 -> new Operand.ModRevision(from.number());
            case 3 -> new Operand.Value(from.bytes());
            case 4 -> new Operand.Lease(from.fixed());
            default -> throw new MalformedException("%d is no kind of operand".formatted(kind));
        };
    }
}
