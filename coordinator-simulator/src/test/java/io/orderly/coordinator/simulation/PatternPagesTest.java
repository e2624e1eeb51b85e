package io.orderly.coordinator.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the simulations that the descriptions of the patterns show. */
class PatternPagesTest {

    private static final Path PAGES = Path.of("..", "docs", "patterns");
    private static final String COMMAND = "./run simulate ";
    private static final String VIOLATION = "Violated, ";

    static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(PAGES)) {
            return files.filter(file -> read(file).contains("\n" + COMMAND))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void theSimulationsOfAPageEndWithTheViolationsThatItShows(Path page) {
        StringWriter out = new StringWriter();
        read(page).lines().filter(line -> line.startsWith(COMMAND)).forEach(command -> {
            String[] arguments = command.substring(COMMAND.length()).split(" ");
            int exitCode = SimulatorApplication.commandLine()
                    .setOut(new PrintWriter(out, true))
                    .execute(arguments);
            assertThat(exitCode).as(command).isZero();
        });

        List<String> shown =
                read(page).lines().filter(line -> line.startsWith(VIOLATION)).toList();
        assertThat(out.toString().lines().filter(line -> line.startsWith(VIOLATION)))
                .containsExactlyElementsOf(shown);
    }

    private static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
