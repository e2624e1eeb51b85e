package io.orderly.lab.campaign;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What was given to {@code ./run lab} for an experiment, and the defaults of what was not.
 *
 * @param experiment its name, or the path of its file
 * @param scenarios those that were selected; empty for all
 * @param data the output folder; null for the default
 */
record RepeatingCommand(
        String experiment,
        boolean quick,
        long seed,
        int repeats,
        List<String> scenarios,
        @Nullable Path data) {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@%+,-]+");

    /** The command line that runs it again. */
    @Override
    public String toString() {
        List<String> words = new ArrayList<>(List.of("./run", "lab", experiment));
        if (quick) {
            words.add("--quick");
        }
        words.addAll(List.of("--seed", Long.toString(seed), "--repeats", Integer.toString(repeats)));
        scenarios.forEach(scenario -> words.addAll(List.of("--scenario", scenario)));
        if (data != null) {
            words.addAll(List.of("--data", data.toString()));
        }
        return String.join(" ", words.stream().map(RepeatingCommand::quoted).toList());
    }

    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'%s'".formatted(word.replace("'", "'\\''"));
    }
}
