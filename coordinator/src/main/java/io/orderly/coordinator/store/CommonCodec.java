package io.orderly.coordinator.store;

import org.jspecify.annotations.Nullable;

/** Binary forms of the common parts of commands, responses and snapshots. */
final class CommonCodec {

    private static final int HAS_END = 1;
    private static final int SINGLE = 2;

    private CommonCodec() {}

    static void write(KeyValue one, Encoder to) {
        to.bytes(one.key())
                .bytes(one.value())
                .number(one.createRevision())
                .number(one.modRevision())
                .number(one.version())
                .fixed(one.lease());
    }

    static KeyValue readKeyValue(Decoder from) {
        return new KeyValue(from.bytes(), from.bytes(), from.number(), from.number(), from.number(), from.fixed());
    }

    static void writeOptional(@Nullable KeyValue one, Encoder to) {
        to.flag(one != null);
        if (one != null) {
            write(one, to);
        }
    }

    static @Nullable KeyValue readOptional(Decoder from) {
        return from.flag() ? readKeyValue(from) : null;
    }

    static void write(KeyRange range, Encoder to) {
        Bytes end = range.end();
        if (end == null) {
            to.octet(0).bytes(range.first());
        } else if (range.isSingle()) {
            to.octet(SINGLE).bytes(range.first());
        } else {
            to.octet(HAS_END).bytes(range.first()).bytes(end);
        }
    }

    static KeyRange readRange(Decoder from) {
        int form = from.octet();
        Bytes first = from.bytes();
        return switch (form) {
            case 0 -> KeyRange.from(first);
            case SINGLE -> KeyRange.of(first);
            case HAS_END -> new KeyRange(first, from.bytes());
            default -> throw new MalformedException("%d is no kind of range".formatted(form));
        };
    }

    static void write(StoreLimits limits, Encoder to) {
        to.number(limits.maxBytes())
                .number(limits.maxKeyBytes())
                .number(limits.maxValueBytes())
                .number(limits.maxOperations())
                .number(limits.maxLeases())
                .number(limits.minLeaseTtlMillis())
                .number(limits.maxLeaseTtlMillis())
                .number(limits.maxSessions())
                .number(limits.maxSessionWindow())
                .number(limits.maxKeptAnswerBytes())
                .number(limits.maxKeptBytes());
    }

    static StoreLimits readLimits(Decoder from) {
        return new StoreLimits(
                from.number(),
                readInt(from),
                readInt(from),
                readInt(from),
                readInt(from),
                from.number(),
                from.number(),
                readInt(from),
                readInt(from),
                readInt(from),
                from.number());
    }

    static int readInt(Decoder from) {
        long value = from.number();
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new MalformedException("%d is too large".formatted(value));
        }
        return (int) value;
    }

    static <E extends Enum<E>> E readEnum(Decoder from, E[] values) {
        int ordinal = from.octet();
        if (ordinal >= values.length) {
            throw new MalformedException("%d is not one of %d values".formatted(ordinal, values.length));
        }
        return values[ordinal];
    }
}
