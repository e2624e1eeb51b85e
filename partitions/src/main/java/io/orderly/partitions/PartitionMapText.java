package io.orderly.partitions;

import java.util.ArrayList;
import java.util.List;

/**
 * The text of a map, as it is stored. Each map has one text: a text that differs from it in a single character is refused.
 *
 * <pre>
 * orderly-partitions 1
 * generation 17
 * leader 9
 * 0 owned order-1-7d2f 12
 * 1 leaving order-1-7d2f 12 17
 * 2 unowned
 * </pre>
 *
 * and so on for each partition; each line ends with a line feed.
 */
public final class PartitionMapText {

    /** The first line: the name of the format and its version. */
    static final String HEADER = "orderly-partitions 1";

    /** The longest text, in characters: all partitions with the longest ids and numbers are shorter. */
    public static final int MAX_LENGTH = 16 * 1024;

    private static final int LINES_BEFORE_PARTITIONS = 3;

    private PartitionMapText() {}

    /** The text of a map; ASCII. */
    public static String write(PartitionMap map) {
        StringBuilder text = new StringBuilder()
                .append(HEADER)
                .append("\ngeneration ")
                .append(map.generation())
                .append("\nleader ")
                .append(map.leader())
                .append('\n');
        for (PartitionId partition : PartitionId.all()) {
            text.append(partition)
                    .append(' ')
                    .append(describe(map.ownership(partition)))
                    .append('\n');
        }
        return text.toString();
    }

    /** @throws MalformedMapException if the text is not exactly what {@link #write} returns for a map */
    public static PartitionMap read(String text) throws MalformedMapException {
        if (text.length() > MAX_LENGTH) {
            throw new MalformedMapException("%d characters are more than %d".formatted(text.length(), MAX_LENGTH));
        }
        String[] lines = text.split("\n", -1);
        if (!lines[0].equals(HEADER)) {
            throw new MalformedMapException("the first line is not '%s'".formatted(HEADER));
        }
        if (lines.length != LINES_BEFORE_PARTITIONS + PartitionId.COUNT + 1) {
            throw new MalformedMapException("%d lines".formatted(lines.length - 1));
        }
        PartitionMap map;
        try {
            List<Ownership> ownerships = new ArrayList<>();
            for (PartitionId partition : PartitionId.all()) {
                ownerships.add(ownership(partition, lines[LINES_BEFORE_PARTITIONS + partition.value()]));
            }
            map = new PartitionMap(number("generation", lines[1]), number("leader", lines[2]), ownerships);
        } catch (IllegalArgumentException e) {
            throw new MalformedMapException(String.valueOf(e.getMessage()));
        }
        if (!write(map).equals(text)) {
            throw new MalformedMapException("it is not written in the only form");
        }
        return map;
    }

    private static String describe(Ownership ownership) {
        return switch (ownership) {
            case Ownership.Unowned _ -> "unowned";
            case Ownership.Owned(MemberId owner, long token) -> "owned %s %d".formatted(owner, token);
            case Ownership.Leaving(MemberId owner, long token, long since) ->
                "leaving %s %d %d".formatted(owner, token, since);
        };
    }

    private static Ownership ownership(PartitionId partition, String line) throws MalformedMapException {
        String[] words = line.split(" ", -1);
        if (!words[0].equals(partition.toString()) || words.length < 2) {
            throw new MalformedMapException("the line of partition %s is not in its place".formatted(partition));
        }
        return switch (words[1] + words.length) {
            case "unowned2" -> Ownership.UNOWNED;
            case "owned4" -> new Ownership.Owned(new MemberId(words[2]), Long.parseLong(words[3]));
            case "leaving5" ->
                new Ownership.Leaving(new MemberId(words[2]), Long.parseLong(words[3]), Long.parseLong(words[4]));
            default -> throw new MalformedMapException("partition %s has an unknown state".formatted(partition));
        };
    }

    private static long number(String name, String line) throws MalformedMapException {
        if (!line.startsWith(name + " ")) {
            throw new MalformedMapException("the line of the %s is not in its place".formatted(name));
        }
        return Long.parseLong(line.substring(name.length() + 1));
    }
}
