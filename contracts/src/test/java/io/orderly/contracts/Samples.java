package io.orderly.contracts;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Messages as encoded when their version was published. */
final class Samples {

    /** @param name of the file, without {@code .json} */
    record Sample(String name, MessageType<?> type, byte[] json) {

        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Sample> ALL = load();

    private Samples() {}

    private static List<Sample> load() {
        try (Stream<Path> files = Files.list(
                Path.of(requireNonNull(Samples.class.getResource("/samples/v1")).toURI()))) {
            return files.sorted().map(Samples::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Sample read(Path file) {
        String name = file.getFileName().toString().replaceFirst("\\.json$", "");
        String record = name.replaceFirst("\\..*", "");
        MessageType<?> type = MessageType.all().stream()
                .filter(candidate -> candidate.name().endsWith("." + record + ".v1"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no message type for sample " + file));
        try {
            return new Sample(name, type, Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
