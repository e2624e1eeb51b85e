package io.orderly.clock;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.HexFormat;

/**
 * A timestamp of a {@link HybridClock}: physical milliseconds, and a counter that orders events of the same millisecond.
 *
 * <p>A timestamp has three forms, and all of them sort the same way. The record compares by milliseconds, then by counter.
 * The {@code long} has 48 bits for the milliseconds and 16 for the counter; the sign bit is always zero, so it sorts the
 * same as a signed number in Java and in a database column. The text, such as {@code 2026-11-23T04:30:00.123Z#0005}, has a
 * fixed length and sorts the same as a string.
 *
 * @param physicalMillis milliseconds since 1970-01-01T00:00Z, from 0 to {@link #MAX_PHYSICAL_MILLIS}
 * @param counter from 0 to {@link #MAX_COUNTER}
 */
public record HybridTimestamp(long physicalMillis, int counter) implements Comparable<HybridTimestamp> {

    private static final int COUNTER_BITS = 16;

    /** The highest value of the milliseconds, in the year 6429. */
    public static final long MAX_PHYSICAL_MILLIS = Long.MAX_VALUE >>> COUNTER_BITS;

    /** The highest counter within one millisecond. */
    public static final int MAX_COUNTER = (1 << COUNTER_BITS) - 1;

    /** The lowest timestamp; the starting value of a new clock. */
    public static final HybridTimestamp MIN = new HybridTimestamp(0, 0);

    /** The highest timestamp; a clock cannot advance beyond it. */
    public static final HybridTimestamp MAX = new HybridTimestamp(MAX_PHYSICAL_MILLIS, MAX_COUNTER);

    private static final DateTimeFormatter THREE_FRACTION_DIGITS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();
    private static final HexFormat HEX = HexFormat.of();
    private static final int INSTANT_LENGTH = "2026-11-23T04:30:00.123Z".length();
    private static final int TEXT_LENGTH = INSTANT_LENGTH + "#0005".length();

    /** @throws IllegalArgumentException if a component is out of its range */
    public HybridTimestamp {
        if (physicalMillis < 0 || physicalMillis > MAX_PHYSICAL_MILLIS) {
            throw new IllegalArgumentException(
                    "physicalMillis is %d, not within 0..%d".formatted(physicalMillis, MAX_PHYSICAL_MILLIS));
        }
        if (counter < 0 || counter > MAX_COUNTER) {
            throw new IllegalArgumentException("counter is %d, not within 0..%d".formatted(counter, MAX_COUNTER));
        }
    }

    /**
     * Converts from the form that {@link #toLong()} returns.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public static HybridTimestamp fromLong(long packed) {
        return new HybridTimestamp(packed >> COUNTER_BITS, (int) (packed & MAX_COUNTER));
    }

    /**
     * Converts to the {@code long} form, which keeps the order and is never negative. Adding 1 gives the next timestamp.
     */
    public long toLong() {
        return physicalMillis << COUNTER_BITS | counter;
    }

    /**
     * Parses the text form. Accepts only what {@link #toString()} returns.
     *
     * @throws IllegalArgumentException for any other text
     */
    public static HybridTimestamp parse(String text) {
        HybridTimestamp timestamp;
        try {
            if (text.length() != TEXT_LENGTH || text.charAt(INSTANT_LENGTH) != '#') {
                throw unreadable(text);
            }
            timestamp = new HybridTimestamp(
                    Instant.parse(text.substring(0, INSTANT_LENGTH)).toEpochMilli(),
                    HexFormat.fromHexDigits(text, INSTANT_LENGTH + 1, TEXT_LENGTH));
        } catch (DateTimeException | IllegalArgumentException _) {
            throw unreadable(text);
        }
        // Instant.parse also accepts 24:00, leap seconds and lower case; a timestamp has only one text.
        if (!timestamp.toString().equals(text)) {
            throw unreadable(text);
        }
        return timestamp;
    }

    private static IllegalArgumentException unreadable(String text) {
        var shown = text.length() <= 2 * TEXT_LENGTH ? text : text.substring(0, 2 * TEXT_LENGTH) + "…";
        return new IllegalArgumentException(
                "Not a hybrid timestamp: '%s' (expected like 2026-11-23T04:30:00.123Z#0005)".formatted(shown));
    }

    /** The physical part. It may be ahead of every wall clock, by at most the maximum drift. */
    public Instant toInstant() {
        return Instant.ofEpochMilli(physicalMillis);
    }

    @Override
    public int compareTo(HybridTimestamp other) {
        return Long.compare(toLong(), other.toLong());
    }

    /** The text form, for example {@code 2026-11-23T04:30:00.123Z#0005}. */
    @Override
    public String toString() {
        return THREE_FRACTION_DIGITS.format(toInstant()) + '#' + HEX.toHexDigits((char) counter);
    }
}
