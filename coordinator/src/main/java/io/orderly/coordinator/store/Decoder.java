package io.orderly.coordinator.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** Reads the output of an {@link Encoder}, and validates all lengths, counts and the end. */
final class Decoder {

    private final byte[] source;
    private int position;

    Decoder(byte[] source) {
        this.source = source;
    }

    int remaining() {
        return source.length - position;
    }

    /** @throws MalformedException if bytes are left */
    void end() {
        if (remaining() != 0) {
            throw new MalformedException("%d bytes left after the end".formatted(remaining()));
        }
    }

    int octet() {
        need(1);
        return source[position++] & 0xff;
    }

    /** The next octet, without consuming it. */
    int peek() {
        need(1);
        return source[position] & 0xff;
    }

    boolean flag() {
        int value = octet();
        if (value > 1) {
            throw new MalformedException("%d is no boolean".formatted(value));
        }
        return value == 1;
    }

    long fixed() {
        need(Long.BYTES);
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = value << Byte.SIZE | source[position++] & 0xff;
        }
        return value;
    }

    /** @return any number */
    long number() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = octet();
            if (shift == 63 && next > 1) {
                break;
            }
            value |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new MalformedException("a number has more than 64 bits");
    }

    Bytes bytes() {
        return Bytes.wrap(byteArray());
    }

    byte[] byteArray() {
        long length = number();
        if (length < 0 || length > remaining()) {
            throw new MalformedException("%d bytes announced, but %d left".formatted(length, remaining()));
        }
        position += (int) length;
        return Arrays.copyOfRange(source, position - (int) length, position);
    }

    /** @return a list that is preceded by its length; each element takes at least one byte */
    <T> List<T> list(Supplier<T> element) {
        long count = number();
        if (count < 0 || count > remaining()) {
            throw new MalformedException("%d elements announced, but %d bytes left".formatted(count, remaining()));
        }
        List<T> elements = new ArrayList<>((int) Math.min(count, 1_024));
        for (int i = 0; i < count; i++) {
            elements.add(element.get());
        }
        return elements;
    }

    private void need(int bytes) {
        if (remaining() < bytes) {
            throw new MalformedException("the input ends too early");
        }
    }
}
