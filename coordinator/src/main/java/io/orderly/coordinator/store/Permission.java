package io.orderly.coordinator.store;

/**
 * The right to use a range of keys. The two ends are kept as they were given, since a permission is revoked by them.
 *
 * @param key the only key, if {@code rangeEnd} is empty; else the first one
 * @param rangeEnd the first key after the range; the single byte 0 if the range has no end
 */
public record Permission(Access access, Bytes key, Bytes rangeEnd) {

    private static final Bytes NO_END = Bytes.of((byte) 0);

    /** What a permission allows. */
    public enum Access {
        READ,
        WRITE,
        READ_WRITE;

        boolean reads() {
            return this != WRITE;
        }

        boolean writes() {
            return this != READ;
        }
    }

    KeyRange keys() {
        if (rangeEnd.isEmpty()) {
            return KeyRange.of(key);
        }
        return rangeEnd.equals(NO_END) ? KeyRange.from(key) : new KeyRange(key, rangeEnd);
    }

    boolean hasEnds(Bytes otherKey, Bytes otherRangeEnd) {
        return key.equals(otherKey) && rangeEnd.equals(otherRangeEnd);
    }

    /** Whether it is for at least one key. */
    boolean hasKeys() {
        Bytes end = keys().end();
        return end == null || key.compareTo(end) < 0;
    }

    void write(Encoder to) {
        to.octet(access.ordinal()).bytes(key).bytes(rangeEnd);
    }

    static Permission read(Decoder from) {
        return new Permission(CommonCodec.readEnum(from, Access.values()), from.bytes(), from.bytes());
    }
}
