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

    /** @throws MalformedException if there is more */
    void end() {
        if (remaining() != 0) {
            throw new MalformedException("%d bytes too many".formatted(remaining()));
        }
    }

    int octet() {
        need(1);
        return source[position++] & 0xff;
    }

    /** The next octet, which stays to be read. */
    int peek() {
        need(1);
        return source[position] & 0xff;
    }

    boolean flag() {
        int value = octet();
        if (value > 1) {
            throw new MalformedException("%d is neither yes nor no".formatted(value));
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
            throw new MalformedException("%d bytes announced, %d there".formatted(length, remaining()));
        }
        position += (int) length;
        return Arrays.copyOfRange(source, position - (int) length, position);
    }

    /** @return a list whose length comes first; each element takes a byte at least */
    <T> List<T> list(Supplier<T> element) {
        long count = number();
        if (count < 0 || count > remaining()) {
            throw new MalformedException("%d elements announced, %d bytes there".formatted(count, remaining()));
        }
        List<T> elements = new ArrayList<>((int) Math.min(count, 1_024));
        for (int i = 0; i < count; i++) {
            elements.add(element.get());
        }
        return elements;
    }

    private void need(int bytes) {
        if (remaining() < bytes) {
            throw new MalformedException("it ends too soon");
        }
    }
}
