package io.orderly.partitions.range;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The text of a range map, as it is stored. Each map has one text: a text that differs from it in a single character is refused.
 *
 * <pre>
 * orderly-ranges 1
 * generation 3
 * shard 1 from - to KIT-050
 * shard 2 from KIT-050 to -
 * </pre>
 *
 * A hyphen is no bound. Each line ends with a line feed.
 */
public final class RangeMapText {

    /** The longest text, in characters: all ranges with the longest keys are shorter. */
    public static final int MAX_LENGTH = 32 * 1024;

    private static final String HEADER = "orderly-ranges 1";
    private static final String NO_BOUND = "-";
    private static final int LINES_BEFORE_RANGES = 2;

    private RangeMapText() {}

    /** The text of a map; ASCII. */
    public static String write(RangeMap map) {
        StringBuilder text = new StringBuilder("%s\ngeneration %d\n".formatted(HEADER, map.generation()));
        for (ShardRange range : map.ranges()) {
            text.append("shard %s from %s to %s\n"
                    .formatted(range.shard(), boundText(range.from()), boundText(range.to())));
        }
        return text.toString();
    }

    /** @throws MalformedRangeMapException if the text is not exactly what {@link #write} returns for a map */
    public static RangeMap read(String text) throws MalformedRangeMapException {
        if (text.length() > MAX_LENGTH) {
            throw new MalformedRangeMapException("%d characters are more than %d".formatted(text.length(), MAX_LENGTH));
        }
        String[] lines = text.split("\n", -1);
        if (!lines[0].equals(HEADER)) {
            throw new MalformedRangeMapException("the first line is not '%s'".formatted(HEADER));
        }
        if (lines.length <= LINES_BEFORE_RANGES) {
            throw new MalformedRangeMapException("%d lines".formatted(lines.length - 1));
        }
        RangeMap map;
        try {
            List<ShardRange> ranges = new ArrayList<>();
            for (int i = LINES_BEFORE_RANGES; i < lines.length - 1; i++) {
                ranges.add(range(lines[i]));
            }
            map = new RangeMap(generation(lines[1]), ranges);
        } catch (IllegalArgumentException e) {
            throw new MalformedRangeMapException(String.valueOf(e.getMessage()));
        }
        if (!write(map).equals(text)) {
            throw new MalformedRangeMapException("it is not written in the only form");
        }
        return map;
    }

    private static long generation(String line) throws MalformedRangeMapException {
        String[] words = line.split(" ", -1);
        if (words.length != 2 || !words[0].equals("generation")) {
            throw new MalformedRangeMapException("the second line is not that of the generation");
        }
        return Long.parseLong(words[1]);
    }

    private static ShardRange range(String line) throws MalformedRangeMapException {
        String[] words = line.split(" ", -1);
        if (words.length != 6 || !words[0].equals("shard") || !words[2].equals("from") || !words[4].equals("to")) {
            throw new MalformedRangeMapException("a line is not that of a range");
        }
        return new ShardRange(bound(words[3]), bound(words[5]), new ShardId(Integer.parseInt(words[1])));
    }

    private static String boundText(@Nullable String bound) {
        return bound == null ? NO_BOUND : bound;
    }

    private static @Nullable String bound(String text) {
        return text.equals(NO_BOUND) ? null : text;
    }
}
