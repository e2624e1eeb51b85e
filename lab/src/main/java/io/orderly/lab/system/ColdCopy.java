package io.orderly.lab.system;

import io.orderly.stack.Topology;
import io.orderly.stack.launch.DataFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/**
 * A copy of a stopped system's data: databases, topics and the provider's book. Systems that start from the same copy
 * start from the same state.
 */
public final class ColdCopy {

    private static final String NAME = "cold-copy";

    private final Path folder;

    private ColdCopy(Path folder) {
        this.folder = folder;
    }

    /** Copies the data of a stopped system, and replaces any earlier copy in its folder. */
    static ColdCopy of(DataFolder data) {
        data.delete(NAME);
        ColdCopy copy = new ColdCopy(data.of(NAME));
        copy(data.root(), copy.folder);
        return copy;
    }

    /** Restores the data to a folder without data. */
    void restoreTo(DataFolder data) {
        copy(folder, data.root());
    }

    private static void copy(Path from, Path to) {
        try {
            for (String part : Topology.STORED) {
                copyTree(from.resolve(part), to.resolve(part));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot copy " + from + " to " + to, e);
        }
    }

    /** Copies attributes too: PostgreSQL does not start on a folder that other users can read. */
    private static void copyTree(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path path : (Iterable<Path>) tree::iterator) {
                Files.copy(path, to.resolve(from.relativize(path)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
