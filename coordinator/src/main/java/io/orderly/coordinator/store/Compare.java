package io.orderly.coordinator.store;

/**
 * A condition of a transaction. It holds if it holds for every key in the range. A key that does not exist compares as a key with version,
 * revisions and lease 0, and no comparison of its value holds.
 */
public record Compare(KeyRange keys, Relation relation, Operand operand) {

    /** The relation of the value in the store to the operand. */
    public enum Relation {
        EQUAL,
        NOT_EQUAL,
        GREATER,
        LESS;

        boolean holds(int comparison) {
            return switch (this) {
                case EQUAL -> comparison == 0;
                case NOT_EQUAL -> comparison != 0;
                case GREATER -> comparison > 0;
                case LESS -> comparison < 0;
            };
        }
    }

    /** The field to compare, and the value to compare it with. */
    public sealed interface Operand {

        record Version(long version) implements Operand {}

        record CreateRevision(long revision) implements Operand {}

        record ModRevision(long revision) implements Operand {}

        record Value(Bytes value) implements Operand {}

        record Lease(long id) implements Operand {}
    }

    /** The key exists. */
    public static Compare exists(Bytes key) {
        return new Compare(KeyRange.of(key), Relation.GREATER, new Operand.Version(0));
    }

    /** The key does not exist. */
    public static Compare isMissing(Bytes key) {
        return isMissing(KeyRange.of(key));
    }

    /** No key of the range exists. */
    public static Compare isMissing(KeyRange keys) {
        return new Compare(keys, Relation.EQUAL, new Operand.Version(0));
    }

    /** The key was last changed by this revision. */
    public static Compare isUnchangedSince(Bytes key, long modRevision) {
        return new Compare(KeyRange.of(key), Relation.EQUAL, new Operand.ModRevision(modRevision));
    }

    boolean holdsFor(KeyValue one) {
        return relation.holds(
                switch (operand) {
                    case Operand.Version(long version) -> Long.compare(one.version(), version);
                    case Operand.CreateRevision(long revision) -> Long.compare(one.createRevision(), revision);
                    case Operand.ModRevision(long revision) -> Long.compare(one.modRevision(), revision);
                    case Operand.Value(Bytes value) -> one.value().compareTo(value);
                    case Operand.Lease(long id) -> Long.compare(one.lease(), id);
                });
    }
}
