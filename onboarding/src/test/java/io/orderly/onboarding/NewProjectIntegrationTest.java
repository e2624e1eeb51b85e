package io.orderly.onboarding;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.stack.scaffold.ProjectIdentity;
import io.orderly.stack.scaffold.Scaffold;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The first build of a new project: all its code is formatted and compiled, the tests run that its new package names decide, and
 * the integration tests that only a new project has. One of these starts it and places two orders. The others are copies of tests
 * that run in this build; the long form, {@code ./run new … --verify}, runs them too.
 */
@Tag("system")
class NewProjectIntegrationTest {

    /** Several times what it takes on two cores, for a machine that is busy. */
    private static final Duration BUILD_TIMEOUT = Duration.ofMinutes(25);

    /** The name of the classes that check which packages depend on which. */
    private static final String ARCHITECTURE_TEST = "ArchitectureTest";

    private static final int LEAST_ARCHITECTURE_TESTS = 6;

    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    @Test
    void theFirstBuildOfANewProjectSucceeds() throws Exception {
        Path project = folder.resolve("my-shop");
        new Scaffold(REPOSITORY).create(new ProjectIdentity("my-shop", "com.example.shop"), project);
        Maven maven = new Maven(project, folder.resolve("maven.log"));
        List<String> tests = integrationTestsOfNewProjects();

        maven.run(
                BUILD_TIMEOUT,
                "spotless:apply",
                "verify",
                "-Dtest=" + ARCHITECTURE_TEST,
                "-Dsurefire.failIfNoSpecifiedTests=false",
                "-Dit.test=" + String.join(",", tests),
                "-Dfailsafe.failIfNoSpecifiedTests=false");

        assertThat(reports(project, "surefire-reports"))
                .filteredOn(report -> report.endsWith("." + ARCHITECTURE_TEST + ".xml"))
                .hasSizeGreaterThanOrEqualTo(LEAST_ARCHITECTURE_TESTS);
        assertThat(tests)
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(test -> assertThat(reports(project, "failsafe-reports"))
                        .anySatisfy(report -> assertThat(report).endsWith("." + test + ".xml")));
    }

    /** The names of their classes. */
    private static List<String> integrationTestsOfNewProjects() throws IOException {
        try (Stream<Path> files = Files.walk(REPOSITORY.resolve("stack/src/scaffold"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("IntegrationTest.java"))
                    .map(name -> name.replace(".java", ""))
                    .toList();
        }
    }

    /** The names of the files with the results of tests, in a folder of each module's {@code target}. */
    private static List<String> reports(Path project, String folder) throws IOException {
        try (Stream<Path> files = Files.walk(project, 4)) {
            return files.filter(file -> file.getParent().endsWith(Path.of("target", folder)))
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }
}
