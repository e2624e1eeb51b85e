package io.orderly.stack.scaffold;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The folder that a new project is written to. */
final class TargetFolder {

    private static final Set<PosixFilePermission> EXECUTABLE = PosixFilePermissions.fromString("rwxr-xr-x");

    private final Path folder;

    /** The folder itself, or its nearest ancestor that exists. */
    private final Path existing;

    /**
     * @param folder an absolute path
     * @throws IllegalArgumentException if the folder is a file, is not empty, or cannot be created
     */
    TargetFolder(Path folder) {
        this.folder = folder;
        this.existing = existingPartOf(folder);
        if (!Files.exists(existing)) {
            throw new IllegalArgumentException(existing + " is a symbolic link whose target does not exist");
        }
        if (existing.equals(folder)) {
            requireEmpty();
        }
        if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
            throw new IllegalArgumentException(
                    "%s cannot be created: no write access to %s".formatted(folder, existing));
        }
    }

    /** @throws IllegalArgumentException if this folder is in the other folder, also if a symbolic link leads there */
    void requireOutside(Path other) throws IOException {
        if (existing.toRealPath().startsWith(other.toRealPath())) {
            throw new IllegalArgumentException("%s is in %s, which is copied".formatted(folder, other));
        }
    }

    /**
     * @param files the text of each file by its path in this folder
     * @param programs those of the files that are executable
     * @throws UncheckedIOException if a file cannot be written; the folder may contain other files then
     */
    void write(Map<Path, String> files, Set<Path> programs) {
        try {
            for (Map.Entry<Path, String> entry : files.entrySet()) {
                Path file = folder.resolve(entry.getKey());
                Files.createDirectories(file.getParent());
                Files.writeString(file, entry.getValue());
                if (programs.contains(entry.getKey())) {
                    Files.setPosixFilePermissions(file, EXECUTABLE);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the project in %s is incomplete: %s".formatted(folder, e), e);
        }
    }

    private static Path existingPartOf(Path folder) {
        Path part = folder;
        while (!Files.exists(part, LinkOption.NOFOLLOW_LINKS)) {
            part = part.getParent();
        }
        return part;
    }

    private void requireEmpty() {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException(folder + " is a file");
        }
        try (Stream<Path> entries = Files.list(folder)) {
            if (entries.findAny().isPresent()) {
                throw new IllegalArgumentException(folder + " is not empty");
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("%s cannot be read".formatted(folder), e);
        }
    }
}
