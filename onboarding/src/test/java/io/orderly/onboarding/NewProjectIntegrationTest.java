package io.orderly.onboarding;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.stack.scaffold.ProjectIdentity;
import io.orderly.stack.scaffold.Scaffold;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The build of a new project runs the tests of all its modules, and one that starts it as a whole. */
@Tag("system")
class NewProjectIntegrationTest {

    /** Some seven minutes of tests on two cores, with as much again for a machine that is busy. */
    private static final Duration BUILD_TIMEOUT = Duration.ofMinutes(20);

    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    @Test
    void theFirstBuildOfANewProjectSucceeds() throws Exception {
        Path project = folder.resolve("my-shop");
        new Scaffold(REPOSITORY).create(new ProjectIdentity("my-shop", "com.example.shop"), project);
        Maven maven = new Maven(project, folder.resolve("maven.log"));

        maven.run(Duration.ofMinutes(3), "spotless:apply");
        maven.run(BUILD_TIMEOUT, "verify");

        assertThat(project.resolve("stack/target/failsafe-reports")).isNotEmptyDirectory();
    }
}
