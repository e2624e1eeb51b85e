package io.orderly.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the script {@code run} in a minimal repository, with a stub JDK and a stub Maven that print their calls. */
class RunScriptTest {

    @TempDir
    private Path folder;

    private Path repository;
    private Path jdk;
    private Path bin;
    private Path source;

    @BeforeEach
    void layOut() throws IOException {
        repository = folder.resolve("the repository");
        source = repository.resolve("order-service/src/main/java/Order.java");
        Files.createDirectories(source.getParent());
        Files.createDirectories(repository.resolve("lab/target"));
        Files.createDirectories(repository.resolve("coordinator/src/test"));
        Files.createDirectories(repository.resolve("lab/src/build"));
        Files.writeString(repository.resolve("pom.xml"), "");
        Files.writeString(repository.resolve("order-service/pom.xml"), "");
        Files.writeString(source, "");
        Files.copy(Path.of("../run"), repository.resolve("run"), StandardCopyOption.COPY_ATTRIBUTES);

        jdk = jdk("jdk", "25.0.1");
        bin = Files.createDirectories(folder.resolve("bin"));
        script(bin.resolve("mvn"), "echo \"mvn called: $*\"; touch lab/target/class-path lab/target/lab-1.jar");
    }

    @Test
    void buildsOnceAndStartsTheCommandLine() throws Exception {
        assertThat(run("--check"))
                .contains("mvn called")
                .contains("java called")
                .contains("io.orderly.lab.LabApplication --check");
        assertThat(run("--check")).doesNotContain("mvn called").contains("java called");
    }

    @Test
    void buildsTheLabWithoutTheServicesForASystemOfOthers() throws Exception {
        assertThat(run("lab", "--seed", "3", "--system=shop.yaml"))
                .contains("mvn called", "-pl lab -am -Dlab.alone package")
                .contains("io.orderly.lab.LabApplication lab --seed 3 --system=shop.yaml");
        assertThat(run("lab", "--system=shop.yaml"))
                .doesNotContain("mvn called")
                .contains("java called");
        assertThat(run("lab", "list"))
                .as("needs the services")
                .contains("mvn called")
                .doesNotContain("-pl lab");
    }

    @Test
    void rebuildsIfASourceIsNewer() throws Exception {
        run();
        Files.setLastModifiedTime(source, soon());
        assertThat(run()).contains("mvn called");
    }

    @Test
    void rebuildsIfTheSimulatorIsNewer() throws Exception {
        run();
        Files.setLastModifiedTime(repository.resolve("coordinator/src/test"), soon());
        assertThat(run()).contains("mvn called");
    }

    @Test
    void rebuildsIfTheTemplateGeneratorIsNewer() throws Exception {
        run();
        Files.setLastModifiedTime(repository.resolve("lab/src/build"), soon());
        assertThat(run()).contains("mvn called");
    }

    @Test
    void rebuildsIfAPomIsNewer() throws Exception {
        run();
        Files.setLastModifiedTime(repository.resolve("order-service/pom.xml"), soon());
        assertThat(run()).contains("mvn called");
    }

    @Test
    void rebuildsIfASourceWasDeleted() throws Exception {
        run();
        Files.delete(source);
        Files.setLastModifiedTime(source.getParent(), soon());
        assertThat(run()).contains("mvn called");
    }

    @Test
    void rebuildsAfterAClean() throws Exception {
        run();
        Files.delete(repository.resolve("lab/target/class-path"));
        assertThat(run()).contains("mvn called");
    }

    @Test
    void failsIfTheBuildFails() throws Exception {
        script(bin.resolve("mvn"), "echo broken; exit 1");
        assertThat(run()).contains("the build failed").doesNotContain("java called");
        assertThat(run()).as("retries the build").contains("broken");
    }

    @Test
    void skipsAJdkThatIsTooOld() throws Exception {
        Path old = jdk("old", "17.0.2");
        Files.createSymbolicLink(bin.resolve("javac"), jdk.resolve("bin/javac"));
        assertThat(runWith(old)).contains("java called from " + jdk.toRealPath());
    }

    @Test
    void reportsTheRequiredVersionIfThereIsNoJdk() throws Exception {
        Path old = jdk("old", "17.0.2");
        Files.writeString(
                repository.resolve("run"),
                Files.readString(repository.resolve("run"))
                        .replace("/usr/lib/jvm", "/nowhere")
                        .replace("/opt/j", "/nowhere/j"));
        assertThat(runWith(old)).contains("requires JDK 25 or later").contains(old.toString());
    }

    private String run(String... arguments) throws Exception {
        return runWith(jdk, arguments);
    }

    private String runWith(Path javaHome, String... arguments) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder("sh", repository.resolve("run").toString());
        builder.command().addAll(List.of(arguments));
        builder.environment()
                .putAll(Map.of(
                        "JAVA_HOME", javaHome.toString(), "PATH", bin + ":/usr/bin:/bin", "HOME", folder.toString()));
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes());
    }

    private Path jdk(String name, String version) throws IOException {
        Path home = folder.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Vendor\"\nJAVA_VERSION=\"" + version + "\"\n");
        script(home.resolve("bin/javac"), "");
        script(home.resolve("bin/java"), "echo \"java called from " + home.toRealPath() + ": $*\"");
        return home;
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private static FileTime soon() {
        return FileTime.from(Instant.now().plus(Duration.ofSeconds(5)));
    }
}
