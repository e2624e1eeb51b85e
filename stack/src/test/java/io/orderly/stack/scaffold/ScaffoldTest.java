package io.orderly.stack.scaffold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScaffoldTest {

    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
    private static final ProjectIdentity SHOP = new ProjectIdentity("my-shop", "com.example.shop");

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
                        "contracts",
                        "backends",
                        "http",
                        "kit-core",
                        "kit-web",
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
    void whatIsLeftOutExistsInTheRepository() {
        assertThat(Scaffold.LEFT_OUT)
                .allSatisfy(file -> assertThat(REPOSITORY.resolve(file)).exists());
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
