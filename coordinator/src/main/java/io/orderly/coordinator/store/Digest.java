package io.orderly.coordinator.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Digests of the items of a state. The hash of a state is their sum, so it is updated with each item that is added or removed, in
 * any order. It detects nodes whose states differ by accident; it is not cryptographic. Nodes tell each other their hashes, so what is
 * digested, and how, is part of the protocol between them.
 *
 * <p>A digest is computed from one item: its kind first, then its parts, always in the same order.
 */
final class Digest {

    /** The kind of an item, so that items of different kinds have different digests. */
    enum Kind {
        VERSION,
        EVENT,
        LEASE,
        SESSION,
        ANSWER,
        LIMITS,
        SCALARS,
        MEMBER,
        USER,
        ROLE,
        AUTH
    }

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ODD = 0x9E3779B97F4A7C15L;

    private long state;

    Digest(Kind kind) {
        state = ODD * (kind.ordinal() + 1);
    }

    Digest with(long part) {
        state = mix(state ^ part) + ODD;
        return this;
    }

    Digest with(Bytes part) {
        return with(part.content());
    }

    Digest with(byte[] part) {
        int at = 0;
        long sum = part.length;
        for (; at + Long.BYTES <= part.length; at += Long.BYTES) {
            sum = Long.rotateLeft((sum ^ (long) LONGS.get(part, at)) * ODD, 31);
        }
        long rest = 0;
        for (; at < part.length; at++) {
            rest = rest << Byte.SIZE | part[at] & 0xff;
        }
        return with(sum).with(rest);
    }

    long value() {
        return mix(state);
    }

    static long of(KeyValue version) {
        return new Digest(Kind.VERSION)
                .with(version.key())
                .with(version.value())
                .with(version.createRevision())
                .with(version.modRevision())
                .with(version.version())
                .with(version.lease())
                .value();
    }

    /** The digests of the versions cover the effects of the events; this digest covers the kept events and their order. */
    static long of(Revision revision) {
        long sum = 0;
        int place = 0;
        for (KeyEvent event : revision.events()) {
            sum += new Digest(Kind.EVENT)
                    .with(revision.number())
                    .with(place++)
                    .with(event.key().hashCode())
                    .value();
        }
        return sum;
    }

    /** The finalizer of SplitMix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", 2014). */
    private static long mix(long bits) {
        long z = (bits ^ bits >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
