package io.orderly.stack.scaffold;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Creates a new project from the sources of this repository. Most files are copies, so that the new project is as current
 * as the repository. The files that only a new project has are in {@link #ADDED}.
 */
public final class Scaffold {

    private static final String STACK = "stack";
    private static final String POM = "pom.xml";
    private static final String SCRIPT = "run";

    /** The modules that are copied, each after the modules that it depends on. */
    private static final List<String> MODULES = List.of(
            "clock",
            "gossip",
            "contracts",
            "partitions",
            "backends",
            "http",
            "kit-core",
            "kit-settings",
            "kit-web",
            "kit-security",
            "kit-members",
            "kit-messaging",
            "kit-participant",
            "service-kit",
            "order-service",
            "inventory-service");

    /** The parts of a module that are copied, if the module has them. */
    private static final List<String> MODULE_PARTS = List.of(POM, "src", "Dockerfile", ".dockerignore");

    /** The modules that are in {@link #ADDED}, except for {@link #STACK_PARTS}. */
    private static final List<String> ADDED_MODULES = List.of("partner-stubs", STACK);

    /** The parts of the module {@code stack} that are copied. */
    private static final List<String> STACK_PARTS = List.of(
            "src/main/resources",
            "src/main/java/io/orderly/stack/broker",
            "src/main/java/io/orderly/stack/launch",
            "src/main/java/io/orderly/stack/process",
            "src/main/java/io/orderly/stack/order",
            "src/test/java/io/orderly/stack/launch",
            "src/test/java/io/orderly/stack/process",
            "src/test/java/io/orderly/stack/order");

    /** The files that only a new project has. They replace copies that have the same path. */
    private static final String ADDED = "stack/src/scaffold";

    private static final List<String> ROOT_FILES =
            List.of("LICENSE", ".gitignore", ".mvn/maven.config", ".mvn/jvm.config");

    /** Tests of what the new project does not have: optional modules on the class path, a coordinator, and a Compose file. */
    private static final List<String> NOT_APPLICABLE = List.of(
            "order-service/src/test/java/io/orderly/order/OptionalModulesIntegrationTest.java",
            "inventory-service/src/test/java/io/orderly/inventory/OptionalModulesIntegrationTest.java",
            "inventory-service/src/test/java/io/orderly/inventory/catalogue/LateProductsIntegrationTest.java",
            "inventory-service/src/test/java/io/orderly/inventory/catalogue/StopsBeforeSending.java",
            "inventory-service/src/test/java/io/orderly/inventory/shards/PublishedShardsIntegrationTest.java",
            "inventory-service/src/test/java/io/orderly/inventory/shards/ShardCrashIntegrationTest.java",
            "service-kit/src/test/java/io/orderly/kit/testing/EtcdProcess.java",
            "service-kit/src/test/java/io/orderly/kit/testing/OptionalModules.java",
            "service-kit/src/test/java/io/orderly/kit/SharedPartitionsIntegrationTest.java",
            "backends/src/test/java/io/orderly/backends/ComposeFileTest.java",
            // holds a document that is not copied
            "backends/src/test/java/io/orderly/backends/DatabaseNeedsIntegrationTest.java");

    /** Long tests of the kit under load, in several instances, and against slow clients. */
    private static final List<String> LONG = List.of(
            "kit-web/src/test/java/io/orderly/kit/web/SlowClientsTest.java",
            "service-kit/src/test/java/io/orderly/kit/FailoverIntegrationTest.java",
            "service-kit/src/test/java/io/orderly/kit/MultipleInstancesIntegrationTest.java",
            "service-kit/src/test/java/io/orderly/kit/PoolExhaustionIntegrationTest.java",
            "service-kit/src/test/java/io/orderly/kit/outbox/EnduranceIntegrationTest.java");

    /** The tests that are not copied. */
    static final Set<String> LEFT_OUT =
            Stream.of(NOT_APPLICABLE, LONG).flatMap(List::stream).collect(Collectors.toUnmodifiableSet());

    private final Path repository;

    /** @param repository the root of this repository, with its sources */
    public Scaffold(Path repository) {
        this.repository = repository;
    }

    /**
     * Writes a new project. Its sources are not formatted yet: other names sort and wrap differently.
     *
     * @param folder the absolute path of the new project; created if it does not exist
     * @throws IllegalArgumentException if the project has the name of a module, or if the folder is a file, is not empty,
     *     cannot be created, or is in a module of this repository that is copied; nothing was written then
     * @throws UncheckedIOException if a source cannot be read, then nothing was written; or if a file cannot be written
     */
    public void create(ProjectIdentity identity, Path folder) {
        requireNoModule(identity.name());
        TargetFolder target = new TargetFolder(folder);
        Map<Path, String> renamed = new LinkedHashMap<>();
        try {
            requireOutsideModules(target);
            sources()
                    .forEach((path, text) ->
                            renamed.put(Path.of(identity.rename(path.toString())), identity.rename(text)));
        } catch (IOException e) {
            throw new UncheckedIOException("the sources in %s cannot be read: %s".formatted(repository, e), e);
        }
        target.write(renamed, Set.of(Path.of(SCRIPT)));
    }

    private static List<String> modules() {
        return Stream.concat(MODULES.stream(), ADDED_MODULES.stream()).toList();
    }

    private static void requireNoModule(String name) {
        if (modules().contains(name)) {
            throw new IllegalArgumentException(
                    "the name '%s' is the name of a module of the new project".formatted(name));
        }
    }

    private void requireOutsideModules(TargetFolder target) throws IOException {
        for (String module : MODULES) {
            target.requireOutside(repository.resolve(module));
        }
        target.requireOutside(repository.resolve(STACK));
    }

    /** The text of each file of a new project by its path, with the name and the package of this repository. */
    private Map<Path, String> sources() throws IOException {
        Map<Path, String> sources = new LinkedHashMap<>();
        for (String module : MODULES) {
            for (String part : MODULE_PARTS) {
                Path path = Path.of(module, part);
                if (Files.exists(repository.resolve(path))) {
                    collect(path, path, sources);
                }
            }
            sources.computeIfPresent(Path.of(module, POM), (_, pom) -> ModulePom.reducedTo(modules(), pom));
        }
        for (String part : STACK_PARTS) {
            Path path = Path.of(STACK, part);
            collect(path, path, sources);
        }
        for (String file : ROOT_FILES) {
            sources.put(Path.of(file), textOf(repository.resolve(file)));
        }
        sources.put(Path.of(POM), ReactorPom.reducedTo(modules(), textOf(repository.resolve(POM))));
        sources.put(Path.of(SCRIPT), RunScript.ofStack(textOf(repository.resolve(SCRIPT))));
        collect(Path.of(ADDED), Path.of(""), sources);
        return sources;
    }

    /**
     * Reads a file, or all files of a folder, except for hidden ones in the folder: editors and file managers create those.
     *
     * @param part a path in this repository
     * @param target the path in the new project
     */
    private void collect(Path part, Path target, Map<Path, String> sources) throws IOException {
        Path root = repository.resolve(part);
        Files.walkFileTree(root, new SimpleFileVisitor<>() {

            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return isHidden(directory) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path path = target.resolve(root.relativize(file));
                if (!isHidden(file) && !LEFT_OUT.contains(path.toString())) {
                    sources.put(path, textOf(file));
                }
                return FileVisitResult.CONTINUE;
            }

            private boolean isHidden(Path path) {
                return !path.equals(root) && path.getFileName().toString().startsWith(".");
            }
        });
    }

    private static String textOf(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new IOException(file + " is not text in UTF-8", e);
        }
    }
}
