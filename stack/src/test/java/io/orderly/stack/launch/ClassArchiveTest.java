package io.orderly.stack.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import io.orderly.stack.process.ProcessFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    /** The classes of the archive of the JDK, which take some seconds. */
    private static final Path MANY_CLASSES = Path.of(System.getProperty("java.home"), "lib", "classlist");

    @TempDir
    private Path root;

    @Test
    void canBeUsedByAJvmWithFurtherJars() throws Exception {
        ClassArchive archive = archive(root);
        Files.writeString(classList(root), "java/util/ArrayList\njava/util/concurrent/CompletableFu");

        archive.create(processes());

        assertThat(archive.exists()).isTrue();
        assertThat(exitCode("-Xshare:on", archive.useOption(), "-cp", library(root) + ":more.jar", "-version"))
                .isZero();
    }

    @Test
    void replacesWhatAnInterruptedCreationLeft() throws Exception {
        ClassArchive archive = archive(root);
        Path file = Path.of(archive.useOption().substring("-XX:SharedArchiveFile=".length()));
        Files.writeString(Path.of(file + ".unfinished"), "the beginning of an archive");
        assertThat(archive.exists()).isFalse();

        Files.writeString(classList(root), "java/util/ArrayList\n");
        archive.create(processes());

        assertThat(exitCode(
                        "-Xshare:on", archive.useOption(), "-cp", library(root).toString(), "-version"))
                .isZero();
    }

    @Test
    void isCreatedOnceByLaunchersThatShareTheFolder() throws Exception {
        Files.writeString(classList(root), "java/util/ArrayList\n");
        archive(root).create(processes());
        Files.delete(classList(root)); // a further creation would fail

        archive(root).create(processes());

        assertThat(archive(root).exists()).isTrue();
    }

    @Test
    void isNotCreatedWithoutRecordedClasses() throws IOException {
        ClassArchive archive = archive(root);
        assertThatIOException()
                .isThrownBy(() -> archive.create(processes()))
                .withMessageContaining("libraries.classes");
        assertThat(archive.exists()).isFalse();
    }

    @Test
    void isNotCreatedIfTheJvmFails() throws IOException {
        ClassArchive archive = archive(root);
        Files.writeString(classList(root), "this is no list of classes id: x\n");
        assertThatIOException()
                .isThrownBy(() -> archive.create(processes()))
                .withMessageContaining("class-archive.log");
        assertThat(archive.exists()).isFalse();
    }

    @Test
    void aLaterLauncherWaitsForTheCreationOfAKilledLauncher() throws Exception {
        archive(root);
        Files.copy(MANY_CLASSES, classList(root));
        Process launcher = new ProcessBuilder(
                        JavaCommand.mainClass(List.of("-XX:+UseSerialGC"), Launcher.class.getName(), root.toString()))
                .inheritIO()
                .start();
        Path pidFile = root.resolve("pids").resolve("class-archive.pid");
        long pid;
        try {
            // read before the launcher is killed: the file is removed when the creation has ended
            pid = await().atMost(TIMEOUT)
                    .ignoreException(NoSuchFileException.class)
                    .until(() -> Files.readString(pidFile).strip(), written -> !written.isEmpty())
                    .transform(Long::parseLong);
        } finally {
            launcher.destroyForcibly().waitFor();
        }

        DataFolder.take(root).close();

        assertThat(ProcessHandle.of(pid)).isEmpty();
        assertThat(archive(root).exists()).isFalse();
    }

    /** Creates an archive until it is killed. */
    static final class Launcher {

        public static void main(String[] args) throws IOException {
            archive(Path.of(args[0])).create(ProcessFolder.under(Path.of(args[0])));
        }
    }

    private static ClassArchive archive(Path root) throws IOException {
        Path library = library(root);
        if (!Files.exists(library)) {
            try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(library))) {
                jar.putNextEntry(new ZipEntry("spring.txt"));
            }
        }
        return new ClassArchive(root, root, List.of(library), List.of("-XX:+UseSerialGC"));
    }

    private ProcessFolder processes() {
        return ProcessFolder.under(root);
    }

    private static Path library(Path root) {
        return root.resolve("spring-7.jar");
    }

    private static Path classList(Path root) {
        return root.resolve("libraries.classes");
    }

    private static int exitCode(String... options) throws Exception {
        ProcessBuilder java = new ProcessBuilder(JavaCommand.program(), "-XX:+UseSerialGC");
        java.command().addAll(List.of(options));
        return java.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
