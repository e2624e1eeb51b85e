package io.orderly.backends;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Creates temporary folders, deletes folders, and reads the ends of files. */
final class Folders {

    private Folders() {}

    /** Deletes a folder and its contents. Does nothing if it does not exist. */
    static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last lines of a text file, or the error that prevents reading it. */
    static String lastLines(Path file, int count) {
        try (Stream<String> lines = Files.lines(file)) {
            List<String> all = lines.toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - count), all.size()));
        } catch (IOException | UncheckedIOException e) {
            return "(cannot be read: " + e + ")";
        }
    }

    /**
     * A temporary folder that is removed after this JVM has ended, however it ends. No shutdown hook could do that:
     * hooks run concurrently, and the servers in the folder must outlive the hooks of their clients.
     */
    static Path temporary(String prefix) {
        try {
            Path folder = Files.createTempDirectory(prefix);
            String sweep = "while read -r _; do :; done; "
                    + "for i in 1 2 3 4 5 6 7 8 9; do rm -rf \"$1\" 2>/dev/null && break; sleep 1; done";
            new ProcessBuilder(List.of("sh", "-c", "trap '' INT HUP TERM; " + sweep, "sweeper", folder.toString()))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
