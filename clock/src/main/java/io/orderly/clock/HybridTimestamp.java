package io.orderly.clock;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.HexFormat;

/**
 * A moment of a {@link HybridClock}: physical milliseconds and, among events of the same millisecond, a counter.
 *
 * <p>One value, three forms with one order. As a record it compares by milliseconds, then counter. As a {@code long} it
 * takes 48 bits for the milliseconds and 16 for the counter; the topmost bit stays zero, so it is never negative and
 * sorts the same as a signed number in Java and in a database column. As text it reads
 * {@code 2026-11-23T04:30:00.123Z#0005}, always of the same length, and sorts the same as a string.
 *
 * @param physicalMillis milliseconds since 1970-01-01T00:00Z, from 0 to {@link #MAX_PHYSICAL_MILLIS}
 * @param counter from 0 to {@link #MAX_COUNTER}
 */
public record HybridTimestamp(long physicalMillis, int counter) implements Comparable<HybridTimestamp> {

    private static final int COUNTER_BITS = 16;

    /** The last millisecond that fits, in the year 6429. */
    public static final long MAX_PHYSICAL_MILLIS = Long.MAX_VALUE >>> COUNTER_BITS;

    /** The highest counter within one millisecond. */
    public static final int MAX_COUNTER = (1 << COUNTER_BITS) - 1;

    /** The lowest timestamp; the starting bound of a clock that never ran. */
    public static final HybridTimestamp MIN = new HybridTimestamp(0, 0);

    /** The highest timestamp; no clock goes on from here. */
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
     * Unpacks what {@link #toLong()} packed.
     *
     * @throws IllegalArgumentException if it is negative, which no packed timestamp is
     */
    public static HybridTimestamp fromLong(long packed) {
        return new HybridTimestamp(packed >> COUNTER_BITS, (int) (packed & MAX_COUNTER));
    }

    /** Packs the timestamp, keeping the order; never negative. The next higher timestamp is the next higher number. */
    public long toLong() {
        return physicalMillis << COUNTER_BITS | counter;
    }

    /**
     * Reads the text form, exactly as {@link #toString()} writes it and nothing else.
     *
     * @throws IllegalArgumentException if the text is anything else
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
        // The library reads more than it writes (24:00, leap seconds, lower case); one value has one text.
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

    /** The physical part alone. It may be ahead of any wall clock, by as much as the accepted drift. */
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
