package io.orderly.stack.process;

import io.orderly.backends.process.ProcessSpec.StopSignal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Shell scripts that act as processes and record their starts and stops. */
public final class StubProcess {

    private static final String SCRIPT = """
            trap 'sleep 0.2; echo "end $0" >>journal; exit 0' TERM
            echo "start $0" >>journal
            sleep 0.2
            echo up >"$0.ready"
            while :; do sleep 0.05; done
            """;

    private StubProcess() {}

    /** A process that becomes ready and runs until it is stopped. */
    public static ProcessPlan running(Path folder, String name, String... needs) {
        return scripted(folder, name, SCRIPT, needs);
    }

    static ProcessPlan scripted(Path folder, String name, String script, String... needs) {
        return new ProcessPlan(
                name,
                List.of(needs),
                0,
                "--" + name + "-port",
                () -> List.of("sh", "-c", "cd '" + folder + "'\n" + script, name),
                Map.of(),
                StopSignal.TERM,
                () -> Files.exists(folder.resolve(name + ".ready")),
                () -> {});
    }

    static List<String> journal(Path folder) {
        try {
            return Files.readAllLines(folder.resolve("journal"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
