package io.orderly.stack.scaffold;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A new project made of parts of this repository. Nearly all files are copies, so the new project is as current as the
 * repository is; {@link #ADDED} has what it needs besides.
 */
public final class Scaffold {

    /** Copied, each after those that it depends on. */
    private static final List<String> MODULES = List.of(
            "clock",
            "contracts",
            "backends",
            "http",
            "kit-core",
            "kit-web",
            "kit-messaging",
            "kit-participant",
            "service-kit",
            "order-service",
            "inventory-service");

    /** What a module has of these. */
    private static final List<String> MODULE_PARTS = List.of("pom.xml", "src", "Dockerfile", ".dockerignore");

    /** Complete in {@link #ADDED}, but for {@link #STACK_PARTS}. */
    private static final List<String> ADDED_MODULES = List.of("partner-stubs", "stack");

    /** What the new stack has in common with this one. */
    private static final List<String> STACK_PARTS = List.of(
            "src/main/resources",
            "src/main/java/io/orderly/stack/broker",
            "src/main/java/io/orderly/stack/launch",
            "src/main/java/io/orderly/stack/process",
            "src/main/java/io/orderly/stack/order",
            "src/test/java/io/orderly/stack/launch",
            "src/test/java/io/orderly/stack/process",
            "src/test/java/io/orderly/stack/order");

    /** Files of the new project that this repository has only for it; they win over copies. */
    private static final String ADDED = "stack/src/scaffold";

    private static final List<String> ROOT_FILES = List.of("LICENSE", ".gitignore");

    /** They test what the new project does not have: modules put on the class path from outside, and a Compose file. */
    static final Set<String> LEFT_OUT = Set.of(
            "order-service/src/test/java/io/orderly/order/OptionalModulesIntegrationTest.java",
            "inventory-service/src/test/java/io/orderly/inventory/OptionalModulesIntegrationTest.java",
            "service-kit/src/test/java/io/orderly/kit/testing/OptionalModules.java",
            "backends/src/test/java/io/orderly/backends/ComposeFileTest.java");

    private final Path repository;

    /** @param repository the root of this repository, with its sources */
    public Scaffold(Path repository) {
        this.repository = repository;
    }

    /**
     * Writes a new project. Its sources are not formatted yet: other names sort and wrap differently.
     *
     * @param folder of the new project; created if it does not exist
     * @throws IllegalArgumentException if the folder is a file, has something in it, or cannot be written; nothing was written then
     * @throws UncheckedIOException if writing fails on the way
     */
    public void create(ProjectIdentity identity, Path folder) {
        requireUsable(folder);
        try {
            for (String module : MODULES) {
                for (String part : MODULE_PARTS) {
                    copyIfExists(identity, Path.of(module, part), folder);
                }
            }
            for (String part : STACK_PARTS) {
                copyTree(identity, repository.resolve("stack").resolve(part), Path.of("stack", part), folder);
            }
            for (String file : ROOT_FILES) {
                copy(identity, repository.resolve(file), Path.of(file), folder);
            }
            List<String> modules =
                    Stream.concat(MODULES.stream(), ADDED_MODULES.stream()).toList();
            write(identity, ReactorPom.reducedTo(modules, textOf("pom.xml")), Path.of("pom.xml"), folder);
            write(identity, RunScript.ofStack(textOf("run")), Path.of("run"), folder);
            Files.setPosixFilePermissions(
                    folder.resolve("run"), Files.getPosixFilePermissions(repository.resolve("run")));
            copyTree(identity, repository.resolve(ADDED), Path.of(""), folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void requireUsable(Path folder) {
        if (Files.exists(folder)) {
            if (!Files.isDirectory(folder)) {
                throw new IllegalArgumentException(folder + " is a file");
            }
            if (!isEmpty(folder)) {
                throw new IllegalArgumentException(folder + " is not empty");
            }
        }
        Path existing = folder;
        while (!Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
            throw new IllegalArgumentException(
                    "%s cannot be created: no write access to %s".formatted(folder, existing));
        }
    }

    private static boolean isEmpty(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        } catch (IOException e) {
            throw new IllegalArgumentException("%s cannot be read".formatted(folder), e);
        }
    }

    private void copyIfExists(ProjectIdentity identity, Path part, Path folder) throws IOException {
        if (Files.exists(repository.resolve(part))) {
            copyTree(identity, repository.resolve(part), part, folder);
        }
    }

    /** @param target of the tree, relative to the new project's folder */
    private static void copyTree(ProjectIdentity identity, Path source, Path target, Path folder) throws IOException {
        Files.walkFileTree(source, new SimpleFileVisitor<>() {

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                copy(identity, file, target.resolve(source.relativize(file)), folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void copy(ProjectIdentity identity, Path source, Path target, Path folder) throws IOException {
        if (!LEFT_OUT.contains(target.toString())) {
            write(identity, Files.readString(source), target, folder);
        }
    }

    private static void write(ProjectIdentity identity, String text, Path target, Path folder) throws IOException {
        Path file = folder.resolve(identity.rename(target.toString()));
        Files.createDirectories(file.getParent());
        Files.writeString(file, identity.rename(text));
    }

    private String textOf(String file) throws IOException {
        return Files.readString(repository.resolve(file));
    }
}
