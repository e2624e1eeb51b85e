package io.orderly.coordinator.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plays the transcripts and compares the results; with {@code -Dtranscripts.rewrite=true} it writes the present results to the files. */
class TranscriptTest {

    private static final Path FOLDER = Path.of("src/test/resources/transcripts");

    static List<String> names() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void theTranscriptIsUpToDate(String name) throws IOException {
        Path file = FOLDER.resolve(name);
        List<String> written = Files.readAllLines(file);
        List<String> played = Transcript.play(written);
        if (Boolean.getBoolean("transcripts.rewrite")) {
            Files.write(file, played);
        } else {
            assertThat(played).isEqualTo(written);
        }
    }
}
