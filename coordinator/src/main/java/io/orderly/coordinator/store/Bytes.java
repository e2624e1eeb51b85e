package io.orderly.coordinator.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A key or a value: bytes that never change, in the order of their unsigned values. */
public final class Bytes implements Comparable<Bytes> {

    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] content;
    private int hash;

    private Bytes(byte[] content) {
        this.content = content;
    }

    /** A copy. */
    public static Bytes of(byte... content) {
        return wrap(content.clone());
    }

    public static Bytes utf8(String text) {
        return wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /** @param content not copied, and never to be changed */
    public static Bytes wrap(byte[] content) {
        return content.length == 0 ? EMPTY : new Bytes(content);
    }

    /** @return the content itself, never to be changed */
    public byte[] content() {
        return content;
    }

    public int size() {
        return content.length;
    }

    public boolean isEmpty() {
        return content.length == 0;
    }

    /** A copy. */
    public byte[] toByteArray() {
        return content.clone();
    }

    public String toUtf8() {
        return new String(content, StandardCharsets.UTF_8);
    }

    /** This content and one more byte. */
    public Bytes plus(byte last) {
        byte[] longer = Arrays.copyOf(content, content.length + 1);
        longer[content.length] = last;
        return wrap(longer);
    }

    /** The next key in the order. */
    Bytes successor() {
        return plus((byte) 0);
    }

    boolean isSuccessorOf(Bytes other) {
        int size = other.content.length;
        return content.length == size + 1
                && content[size] == 0
                && Arrays.equals(content, 0, size, other.content, 0, size);
    }

    @Override
    public int compareTo(Bytes other) {
        return Arrays.compareUnsigned(content, other.content);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes bytes && Arrays.equals(content, bytes.content);
    }

    @Override
    public int hashCode() {
        if (hash == 0) {
            hash = Arrays.hashCode(content);
        }
        return hash;
    }

    /** For logs: printable ASCII as it is, other bytes as {@code \xNN}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (byte one : content) {
            if (one >= ' ' && one < 0x7f && one != '\\') {
                text.append((char) one);
            } else {
                text.append("\\x%02x".formatted(one));
            }
        }
        return text.toString();
    }
}
