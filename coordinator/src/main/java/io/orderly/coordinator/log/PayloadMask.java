package io.orderly.coordinator.log;

import java.nio.ByteBuffer;

/**
 * Ensures that no sector of a payload is zero. A sector that was never written reads as zero, so a payload with such sectors could
 * not be distinguished from a write that was cut short by a power failure. The payload is XORed with bytes generated from a number
 * in the header of the record.
 */
final class PayloadMask {

    /** The payload is stored as it is. */
    static final int NONE = 0;

    private static final long STEP = 0x9e3779b97f4a7c15L;

    private PayloadMask() {}

    /** @return the payload with the mask applied, or removed */
    static byte[] apply(int mask, byte[] payload) {
        if (mask == NONE) {
            return payload;
        }
        ByteBuffer bytes = ByteBuffer.allocate((payload.length + Long.BYTES - 1) / Long.BYTES * Long.BYTES);
        bytes.put(payload).rewind();
        for (long state = mask * STEP; bytes.hasRemaining(); state += STEP) {
            bytes.putLong(bytes.getLong(bytes.position()) ^ mix(state));
        }
        byte[] masked = new byte[payload.length];
        bytes.get(0, masked);
        return masked;
    }

    /** Source: Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators" (OOPSLA 2014), mix64. */
    private static long mix(long state) {
        long mixed = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
