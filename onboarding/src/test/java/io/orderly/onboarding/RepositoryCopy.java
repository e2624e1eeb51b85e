package io.orderly.onboarding;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/** Copies the repository with its compiled classes, so that a build of the copy compiles only what has changed. */
final class RepositoryCopy extends SimpleFileVisitor<Path> {

    private static final Set<String> NOT_COPIED = Set.of(".git", ".orderly");
    private static final String TARGET = "target";

    /** The results of compilers, generators and the formatter in the target folder of a module, and what they say of their sources. */
    private static final Set<String> RESULTS = Set.of(
            "classes",
            "test-classes",
            "generated-sources",
            "generated-test-sources",
            "maven-status",
            "protobuf-maven-plugin",
            "spotless-index");

    /** The files of the lab's generator of templates, and of the compiler's plugin, with the absolute paths of sources. */
    private static final Set<String> WITH_PATHS = Set.of("generated-from", "inputFiles.lst");

    private final Path repository;
    private final Path copy;

    private RepositoryCopy(Path repository, Path copy) {
        this.repository = repository;
        this.copy = copy;
    }

    /**
     * @param repository modules of it may be built meanwhile; the copy may then have a part of their classes, and a build of the
     *     copy compiles them again
     * @param copy does not exist
     */
    static void of(Path repository, Path copy) throws IOException {
        Files.walkFileTree(repository, new RepositoryCopy(repository, copy));
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
        if (!isCopied(directory)) {
            return FileVisitResult.SKIP_SUBTREE;
        }
        Files.createDirectories(inCopy(directory));
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        if (!attributes.isRegularFile() || !isCopied(file)) {
            return FileVisitResult.CONTINUE;
        }
        try {
            copy(file);
        } catch (NoSuchFileException e) {
            // a build has deleted it since the folder was listed
            Files.deleteIfExists(inCopy(file));
        }
        return FileVisitResult.CONTINUE;
    }

    private void copy(Path file) throws IOException {
        if (WITH_PATHS.contains(file.getFileName().toString())) {
            Files.writeString(inCopy(file), Files.readString(file).replace(repository.toString(), copy.toString()));
        } else {
            Files.copy(file, inCopy(file), StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
        if (failure instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw failure;
    }

    private Path inCopy(Path path) {
        return copy.resolve(repository.relativize(path));
    }

    private boolean isCopied(Path path) {
        Path relative = repository.relativize(path);
        if (NOT_COPIED.contains(relative.getFileName().toString()) || relative.startsWith(TARGET)) {
            return false;
        }
        boolean isResult = relative.getNameCount() > 2 && relative.getName(1).endsWith(TARGET);
        return !isResult || RESULTS.contains(relative.getName(2).toString());
    }
}
