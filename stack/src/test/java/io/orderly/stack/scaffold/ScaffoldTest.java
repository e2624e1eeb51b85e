package io.orderly.stack.scaffold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScaffoldTest {

    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
    private static final ProjectIdentity SHOP = new ProjectIdentity("my-shop", "com.example.shop");

    /** No character of UTF-8 begins with this byte. */
    private static final byte[] NOT_UTF_8 = {(byte) 0xff};

    @TempDir
    private Path parent;

    private Path folder;

    @BeforeEach
    void choose() {
        folder = parent.resolve("a/shop");
    }

    @Test
    void copiesTwoServicesWithWhatTheyStandOn() throws IOException {
        new Scaffold(REPOSITORY).create(SHOP, folder);

        assertThat(modulesOf(folder))
                .containsExactly(
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
                        "inventory-service",
                        "partner-stubs",
                        "stack");
        assertThat(folder.resolve("kit-core/src/main/java/com/example/shop/kit/unitofwork/UnitOfWork.java"))
                .content()
                .startsWith("package com.example.shop.kit.unitofwork;");
        assertThat(folder.resolve("README.md")).content().startsWith("# my-shop");
        assertThat(folder.resolve("run")).isExecutable();
    }

    @Test
    void leavesNothingOfTheOldNameAndPackage() throws IOException {
        new Scaffold(REPOSITORY).create(SHOP, folder);

        for (Path file : files(folder)) {
            assertThat(folder.relativize(file).toString()).doesNotContainIgnoringCase("orderly");
            assertThat(Files.readString(file)).as(file.toString()).doesNotContainIgnoringCase("orderly");
        }
    }

    @Test
    void copiesNoBuildOutputAndNoModuleFromOutside() throws IOException {
        new Scaffold(REPOSITORY).create(SHOP, folder);

        assertThat(files(folder))
                .noneMatch(file -> file.toString().contains("/target/"))
                .noneMatch(file -> file.toString().contains("antipatterns"))
                .noneMatch(file -> file.getFileName().toString().contains("OptionalModules"));
        assertThat(folder.resolve("pom.xml"))
                .content()
                .doesNotContain("anti-patterns", "<artifactId>chaos</artifactId>", "payment-provider");
        assertThat(folder.resolve("run")).content().doesNotContain("lab", "coordinator", "torture");
    }

    @Test
    void leavesOutDependenciesOnlyIfNoCodeNeedsThem() throws IOException {
        new Scaffold(REPOSITORY).create(SHOP, folder);

        assertThat(folder.resolve("service-kit/pom.xml"))
                .content()
                .contains("<artifactId>kit-settings</artifactId>", "so that the tests run with an entity manager")
                .doesNotContain("coordinator");
        assertThat(ModulePom.reducedTo(List.of(), dependency("<scope>runtime</scope>")))
                .isEqualTo("<dependencies></dependencies>");
        assertThatIllegalStateException()
                .isThrownBy(() -> ModulePom.reducedTo(List.of(), dependency("")))
                .withMessage("a copied module needs chaos, which is not copied");
    }

    private static String dependency(String scope) {
        return "<dependencies>\n<!-- why -->\n<dependency><groupId>io.orderly</groupId><artifactId>chaos</artifactId>"
                + scope + "</dependency></dependencies>";
    }

    @Test
    void copiesNoTestThatNeedsACoordinator() throws IOException {
        new Scaffold(REPOSITORY).create(SHOP, folder);

        assertThat(files(folder))
                .filteredOn(file -> file.toString().contains("/src/test/"))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(file)
                        .content()
                        .doesNotContain("COORDINATOR_CLIENT_", "coordinator.client.enabled", "EtcdProcess"));
    }

    @Test
    void copiesNoTestThatReadsADocument() throws IOException {
        new Scaffold(REPOSITORY).create(SHOP, folder);

        assertThat(files(folder))
                .filteredOn(file -> file.toString().contains("/src/test/java/"))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(file).content().doesNotContain("\"docs\""));
    }

    @Test
    void whatIsLeftOutExistsInTheRepository() {
        assertThat(Scaffold.LEFT_OUT)
                .allSatisfy(file -> assertThat(REPOSITORY.resolve(file)).exists());
    }

    @Test
    void copiesNoHiddenFilesOfEditorsAndFileManagers() throws IOException {
        Path clock = repositoryWithItsOwn("clock").resolve("clock");
        Path sources = Files.createDirectories(clock.resolve("src/main/java/io/orderly/clock"));
        Files.writeString(sources.resolve("Time.java"), "package io.orderly.clock;");
        Files.write(sources.resolve(".Time.java.swp"), NOT_UTF_8);
        Files.write(clock.resolve("src/.DS_Store"), NOT_UTF_8);
        Files.write(Files.createDirectories(sources.resolve(".cache")).resolve("Time"), NOT_UTF_8);

        new Scaffold(parent.resolve("repository")).create(SHOP, folder);

        assertThat(files(folder.resolve("clock")))
                .containsExactly(folder.resolve("clock/src/main/java/com/example/shop/clock/Time.java"));
        assertThat(folder.resolve(".gitignore")).exists();
        assertThat(folder.resolve("order-service/.dockerignore")).exists();
    }

    @Test
    void writesNothingIfASourceCannotBeRead() throws IOException {
        Path repository = repositoryWithItsOwn("service-kit");
        Path image =
                Files.createDirectories(repository.resolve("service-kit/src")).resolve("image.png");
        Files.write(image, NOT_UTF_8);

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> new Scaffold(repository).create(SHOP, folder))
                .withMessageStartingWith("the sources in " + repository + " cannot be read: ")
                .withMessageEndingWith(image + " is not text in UTF-8");
        assertThat(folder).doesNotExist();
    }

    @Test
    void saysThatTheProjectIsIncompleteIfAFileCannotBeWritten() {
        Path impossible = parent.resolve("x".repeat(300));

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> new Scaffold(REPOSITORY).create(SHOP, impossible))
                .withMessageStartingWith("the project in " + impossible + " is incomplete: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "clock",
                "gossip",
                "contracts",
                "partitions",
                "backends",
                "http",
                "kit-core",
                "kit-settings",
                "kit-web",
                "kit-members",
                "kit-messaging",
                "kit-participant",
                "service-kit",
                "order-service",
                "inventory-service",
                "partner-stubs",
                "stack"
            })
    void refusesTheNameOfAModule(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new Scaffold(REPOSITORY).create(new ProjectIdentity(name, "com.example.shop"), folder))
                .withMessage("the name '%s' is the name of a module of the new project", name);
        assertThat(parent).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({"clock, clock/src/shop", "clock, clock/shop", "stack, stack/src/scaffold/shop"})
    void refusesAFolderInAModuleThatIsCopied(String module, String inModule) throws IOException {
        Path repository = repositoryWithItsOwn(module);
        Path inside = repository.resolve(inModule);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Scaffold(repository).create(SHOP, inside))
                .withMessage("%s is in %s, which is copied", inside, repository.resolve(module));
        assertThat(repository.resolve(module)).isEmptyDirectory();
    }

    @Test
    void refusesAFolderInAModuleThatIsCopiedBehindASymbolicLink() throws IOException {
        Path repository = repositoryWithItsOwn("clock");
        Path link = Files.createSymbolicLink(parent.resolve("a"), repository.resolve("clock"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Scaffold(repository).create(SHOP, folder))
                .withMessage("%s is in %s, which is copied", folder, repository.resolve("clock"));
        assertThat(link).isEmptyDirectory();
    }

    @Test
    void takesAFolderOfTheRepositoryThatIsNoModule() throws IOException {
        Path repository = repositoryWithItsOwn("clock");
        new Scaffold(repository).create(SHOP, repository.resolve("shop"));
        assertThat(repository.resolve("shop/pom.xml")).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/shop"})
    void refusesASymbolicLinkWithoutTarget(String path) throws IOException {
        Path link = parent.resolve(path);
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, parent.resolve("missing"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Scaffold(REPOSITORY).create(SHOP, folder))
                .withMessage(link + " is a symbolic link whose target does not exist");
    }

    @Test
    void takesAnEmptyFolder() throws IOException {
        Files.createDirectories(folder);
        new Scaffold(REPOSITORY).create(SHOP, folder);
        assertThat(folder.resolve("pom.xml")).exists();
    }

    @Test
    void refusesAFolderThatIsNotEmpty() throws IOException {
        Path notes = Files.createDirectories(folder).resolve("notes.txt");
        Files.writeString(notes, "mine");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Scaffold(REPOSITORY).create(SHOP, folder))
                .withMessage(folder + " is not empty");
        assertThat(files(parent)).containsExactly(notes);
    }

    @Test
    void refusesAFile() throws IOException {
        Files.createDirectories(folder.getParent());
        Files.writeString(folder, "mine");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Scaffold(REPOSITORY).create(SHOP, folder))
                .withMessage(folder + " is a file");
        assertThat(files(parent)).containsExactly(folder);
    }

    @Test
    void refusesAFolderBelowAFile() throws IOException {
        Files.writeString(parent.resolve("a"), "mine");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Scaffold(REPOSITORY).create(SHOP, folder))
                .withMessageContaining("cannot be created: no write access to " + parent.resolve("a"));
    }

    @Test
    void refusesAFolderWithoutWriteAccess() throws IOException {
        Path locked = Files.createDirectories(folder.getParent());
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-xr-xr-x"));
        assumeFalse(Files.isWritable(locked), "this user may write everywhere");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Scaffold(REPOSITORY).create(SHOP, folder))
                .withMessageContaining("no write access to " + locked);
    }

    /** A repository of links to the contents of this one, except for one module, which is an empty folder. */
    private Path repositoryWithItsOwn(String module) throws IOException {
        Path repository = Files.createDirectory(parent.resolve("repository"));
        Files.createDirectory(repository.resolve(module));
        try (DirectoryStream<Path> contents = Files.newDirectoryStream(REPOSITORY)) {
            for (Path path : contents) {
                if (!path.endsWith(module)) {
                    Files.createSymbolicLink(repository.resolve(path.getFileName()), path);
                }
            }
        }
        return repository;
    }

    private static List<String> modulesOf(Path project) throws IOException {
        return Files.readString(project.resolve("pom.xml"))
                .lines()
                .filter(line -> line.contains("<module>"))
                .map(line -> line.replaceAll("</?module>", "").strip())
                .toList();
    }

    private static List<Path> files(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.filter(Files::isRegularFile).toList();
        }
    }
}
