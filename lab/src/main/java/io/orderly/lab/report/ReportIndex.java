package io.orderly.lab.report;

import io.orderly.lab.run.ExperimentResult;
import io.orderly.lab.run.ExperimentResult.ExpectationStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** All experiments that were run with the same output folder: a copy of each report, and a page that lists them. */
public final class ReportIndex {

    private static final String LINES = "runs.jsonl";
    private static final String COPIES = "runs";
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final DateTimeFormatter FILE_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private ReportIndex() {}

    /**
     * A line of the list.
     *
     * @param at when it began
     * @param commit the version of the code
     * @param results the headline of each scenario
     * @param page the copy of its report, relative to the list
     */
    record Entry(
            Instant at,
            String experiment,
            String title,
            String commit,
            String command,
            ExpectationStatus verdict,
            boolean isPartial,
            List<String> results,
            String page) {}

    /** Adds a result to the list, with a copy of its report. */
    public static void add(Path reports, ExperimentResult result) throws IOException {
        String name = result.experiment().name();
        String page = "%s/%s-%s.html".formatted(COPIES, FILE_TIME.format(result.at()), name);
        Files.createDirectories(reports.resolve(COPIES));
        Files.writeString(reports.resolve(page), HtmlReport.of(result));
        var entry = new Entry(
                result.at(),
                name,
                result.experiment().title(),
                result.commit(),
                result.command(),
                result.status(),
                result.isPartial(),
                result.experiment().scenarios().stream()
                        .map(scenario -> "%s: %s"
                                .formatted(
                                        scenario.name(),
                                        Summary.of(result, scenario).headline()))
                        .toList(),
                page);
        Path lines = reports.resolve(LINES);
        Files.writeString(
                lines, JSON.writeValueAsString(entry) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        Files.writeString(reports.resolve("index.html"), HtmlReport.of(read(lines)));
    }

    /** The newest first. A line that cannot be read, such as one that was written in part, is left out. */
    private static List<Entry> read(Path lines) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (String line : Files.readAllLines(lines)) {
            try {
                entries.add(JSON.readValue(line, Entry.class));
            } catch (JacksonException e) {
                // of another version, or from a process that was killed
            }
        }
        return entries.reversed();
    }

    /** For the page. */
    static String inWords(Entry entry) {
        String verdict = ReportPage.words(entry.verdict());
        return entry.isPartial() ? verdict + ", partial" : verdict;
    }
}
