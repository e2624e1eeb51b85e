package io.orderly.coordinator.simulation.mutant;

import io.orderly.coordinator.simulation.FaultKind;
import io.orderly.coordinator.simulation.Phase;
import io.orderly.coordinator.simulation.RunParameters;
import io.orderly.coordinator.simulation.WorkloadKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A known mistake, as a change of the production code.
 *
 * @param name of its file
 * @param source of the mistake: a publication, a bug report, or a common error
 * @param breaks the consequence of the mistake
 * @param phase in which it shows
 * @param found a run that detects it; it may fix the kinds of faults that detect it soonest
 * @param edits of the production code
 * @param diff the edits as text
 */
public record Mutant(
        Path file,
        String name,
        String source,
        String breaks,
        Phase phase,
        RunParameters found,
        List<SourceEdit> edits,
        String diff) {

    private static final String SUFFIX = ".mutant";

    static List<Mutant> all(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Mutant> mutants = new ArrayList<>();
            for (Path file : files.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList()) {
                mutants.add(read(file));
            }
            return mutants;
        }
    }

    /** @throws IllegalArgumentException if a line or a heading is missing */
    static Mutant read(Path file) throws IOException {
        Map<String, String> headings = new HashMap<>();
        List<SourceEdit> edits = new ArrayList<>();
        @Nullable String path = null;
        List<String> before = new ArrayList<>();
        List<String> after = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("@@") || line.startsWith("--- ")) {
                addEdit(edits, path, before, after);
                path = line.startsWith("--- ") ? line.substring(4).strip() : path;
            } else if (path == null) {
                int colon = line.indexOf(": ");
                if (colon > 0) {
                    headings.put(line.substring(0, colon), line.substring(colon + 2));
                }
            } else if (line.startsWith("-")) {
                before.add(line.substring(1).strip());
            } else if (line.startsWith("+")) {
                after.add(line.substring(1));
            } else if (!line.isBlank()) {
                before.add(line.strip());
                after.add(line);
            }
        }
        addEdit(edits, path, before, after);
        String name = file.getFileName().toString().replace(SUFFIX, "");
        if (!headings.keySet().containsAll(List.of("Source", "Breaks", "Shows", "Nodes", "Seed")) || edits.isEmpty()) {
            throw new IllegalArgumentException(
                    file + " is no mutant, it has only " + headings.keySet() + " and " + edits);
        }
        return new Mutant(
                file,
                name,
                headings.get("Source"),
                headings.get("Breaks"),
                Phase.valueOf(headings.get("Shows").toUpperCase(Locale.ROOT)),
                new RunParameters(
                        Long.parseLong(headings.get("Seed")),
                        Integer.parseInt(headings.get("Nodes")),
                        WorkloadKind.valueOf(
                                headings.getOrDefault("Workload", "map").toUpperCase(Locale.ROOT)),
                        faults(headings.getOrDefault("Faults", ""))),
                edits,
                diff(file));
    }

    private static String diff(Path file) throws IOException {
        String text = Files.readString(file);
        return text.substring(text.indexOf("--- "));
    }

    private static Set<FaultKind> faults(String names) {
        return Stream.of(names.split(",\\s*"))
                .filter(name -> !name.isEmpty())
                .map(name -> FaultKind.valueOf(name.toUpperCase(Locale.ROOT).replace(' ', '_')))
                .collect(Collectors.toSet());
    }

    private static void addEdit(
            List<SourceEdit> edits, @Nullable String path, List<String> before, List<String> after) {
        if (path != null && !before.isEmpty()) {
            edits.add(new SourceEdit(path, List.copyOf(before), String.join("\n", after)));
        }
        before.clear();
        after.clear();
    }

    /** Writes the seed that detects it into its file. */
    public void record(long seed) throws IOException {
        Files.writeString(file, Files.readString(file).replaceFirst("(?m)^Seed: .*$", "Seed: " + seed));
    }

    @Override
    public String toString() {
        return name;
    }
}
