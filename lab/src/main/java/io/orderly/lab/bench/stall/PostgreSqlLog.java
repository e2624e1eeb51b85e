package io.orderly.lab.bench.stall;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads the checkpoints and automatic vacuums from the log of a PostgreSQL server. The server has to log in UTC with
 * {@code log_checkpoints = on} and {@code log_autovacuum_min_duration = 0}.
 */
final class PostgreSqlLog {

    private static final Pattern ENTRY =
            Pattern.compile("^(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3}) UTC \\[\\d+] LOG: {2}(.*)$");
    private static final Pattern CHECKPOINT =
            Pattern.compile("^checkpoint complete: .*write=([0-9.]+) s, sync=([0-9.]+) s, total=([0-9.]+) s;.*$");
    private static final Pattern AUTOMATIC =
            Pattern.compile("^automatic (?:aggressive )?(vacuum|analyze) .*table \"([^\"]+)\".*$");
    private static final Pattern ELAPSED = Pattern.compile("^\\s*system usage: .*elapsed: ([0-9.]+) s$");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS");

    private PostgreSqlLog() {}

    static List<Occurrence> read(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            return occurrences(lines);
        }
    }

    /** @param lines the lines of the log; other entries are ignored */
    static List<Occurrence> occurrences(Stream<String> lines) {
        List<Occurrence> occurrences = new ArrayList<>();
        Instant at = Instant.EPOCH;
        String automatic = "";
        for (String line : (Iterable<String>) lines::iterator) {
            Matcher entry = ENTRY.matcher(line);
            if (entry.matches()) {
                at = LocalDateTime.parse(entry.group(1), TIME).toInstant(ZoneOffset.UTC);
                Matcher work = AUTOMATIC.matcher(entry.group(2));
                automatic = work.matches()
                        ? "PostgreSQL: autovacuum, %s of %s".formatted(work.group(1), work.group(2))
                        : "";
                Matcher checkpoint = CHECKPOINT.matcher(entry.group(2));
                if (checkpoint.matches()) {
                    addCheckpoint(occurrences, at, checkpoint);
                }
            } else if (!automatic.isEmpty()) {
                Matcher elapsed = ELAPSED.matcher(line);
                if (elapsed.matches()) {
                    occurrences.add(Occurrence.endedAt(automatic, at, seconds(elapsed.group(1))));
                }
            }
        }
        return occurrences;
    }

    /** A checkpoint writes first and then syncs; the rest of its total time is neither. */
    private static void addCheckpoint(List<Occurrence> occurrences, Instant end, Matcher checkpoint) {
        Instant begin = end.minus(seconds(checkpoint.group(3)));
        Instant written = begin.plus(seconds(checkpoint.group(1)));
        Instant syncing = end.minus(seconds(checkpoint.group(2)));
        occurrences.add(new Occurrence("PostgreSQL: checkpoint writes", begin, written));
        occurrences.add(new Occurrence(
                "PostgreSQL: checkpoint syncs files", syncing.isAfter(written) ? written : syncing, end));
    }

    private static Duration seconds(String number) {
        return Duration.ofNanos((long) (Double.parseDouble(number) * 1e9));
    }
}
