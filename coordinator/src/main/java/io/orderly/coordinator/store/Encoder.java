package io.orderly.coordinator.store;

import java.nio.BufferOverflowException;
import java.util.Arrays;

/**
 * Writes the coordinator's binary format. Numbers that are mostly small are written as varints, as in protocol buffers; others take
 * eight bytes.
 */
final class Encoder {

    private final int maxBytes;
    private byte[] target = new byte[64];
    private int size;

    Encoder() {
        this(Integer.MAX_VALUE - 8);
    }

    /** @param maxBytes if exceeded, a {@link BufferOverflowException} is thrown */
    Encoder(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    int size() {
        return size;
    }

    /** @return the bytes written since the last call */
    byte[] take() {
        byte[] written = Arrays.copyOf(target, size);
        size = 0;
        return written;
    }

    Encoder octet(int value) {
        room(1);
        target[size++] = (byte) value;
        return this;
    }

    Encoder flag(boolean value) {
        return octet(value ? 1 : 0);
    }

    Encoder fixed(long value) {
        room(Long.BYTES);
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            target[size++] = (byte) (value >>> shift);
        }
        return this;
    }

    Encoder number(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            target[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        target[size++] = (byte) rest;
        return this;
    }

    Encoder bytes(Bytes value) {
        return bytes(value.content());
    }

    Encoder bytes(byte[] value) {
        number(value.length);
        room(value.length);
        System.arraycopy(value, 0, target, size, value.length);
        size += value.length;
        return this;
    }

    private void room(int more) {
        if (more > maxBytes - size) {
            throw new BufferOverflowException();
        }
        if (more > target.length - size) {
            target = Arrays.copyOf(target, (int) Math.min(maxBytes, Math.max(2L * target.length, (long) size + more)));
        }
    }
}
