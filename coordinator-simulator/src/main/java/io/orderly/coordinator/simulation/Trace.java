package io.orderly.coordinator.simulation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The events of a run, one readable line each. Lines are not built if the trace is off. */
public final class Trace {

    /** Records nothing. */
    public static final Trace OFF = new Trace(false, _ -> {});

    private final boolean on;
    private final Consumer<String> lines;

    private Trace(boolean on, Consumer<String> lines) {
        this.on = on;
        this.lines = lines;
    }

    public static Trace to(Consumer<String> lines) {
        return new Trace(true, lines);
    }

    /** @param what converted to text only if the trace is on */
    public void add(long atMicros, String where, Supplier<?> what) {
        if (on) {
            lines.accept("%,14d %-4s %s".formatted(atMicros, where, what.get()));
        }
    }

    /** Keeps the hash of a trace instead of the trace. */
    public static final class Digest implements Consumer<String> {

        private final MessageDigest sha256;
        private long lines;

        public Digest() {
            try {
                sha256 = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new AssertionError("every JDK has SHA-256", e);
            }
        }

        @Override
        public void accept(String line) {
            sha256.update(line.getBytes(StandardCharsets.UTF_8));
            sha256.update((byte) '\n');
            lines++;
        }

        /** @return the number of lines, and their hash */
        public String finish() {
            return lines + " lines with SHA-256 " + HexFormat.of().formatHex(sha256.digest());
        }
    }
}
