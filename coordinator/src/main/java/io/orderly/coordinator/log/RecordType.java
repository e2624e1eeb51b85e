package io.orderly.coordinator.log;

import org.jspecify.annotations.Nullable;

/** The kind of a record of a segment. The numbers are on disk and never change their meaning. */
enum RecordType {
    COMMAND(1),
    NO_OP(2),
    MEMBERSHIP(3),
    TAIL_CUT(4),
    COMMIT_MARK(5),
    LOW_WATER_MARK(6),
    /** Only in the index, after the last record: the segment is complete, and another one follows. */
    SEAL(7);

    private static final RecordType[] BY_NUMBER = new RecordType[8];

    static {
        for (RecordType type : values()) {
            BY_NUMBER[type.number] = type;
        }
    }

    final byte number;

    RecordType(int number) {
        this.number = (byte) number;
    }

    static @Nullable RecordType of(byte number) {
        return number > 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : null;
    }

    /** Whether it contains an accepted entry. */
    boolean isAccepted() {
        return this == COMMAND || this == NO_OP || this == MEMBERSHIP;
    }
}
