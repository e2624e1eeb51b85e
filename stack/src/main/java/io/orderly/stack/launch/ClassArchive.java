package io.orderly.stack.launch;

import io.orderly.backends.process.LeashedProcess;
import io.orderly.backends.process.ProcessSpec;
import io.orderly.backends.process.ProcessSpec.StopSignal;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * Classes of libraries, parsed, verified and linked once, for JVMs to map into memory: it more than halves the work of a
 * start. One archive serves all services and survives every change of their own code, which is why it is made here
 * rather than as one AOT cache per service: such a cache starts no faster, takes twice the work to make, and is void
 * after each build.
 */
final class ClassArchive {

    private final Path file;
    private final Path classList;
    private final List<Path> libraries;
    private final List<String> options;

    /**
     * @param folder for the archive; its name tells what it is valid for
     * @param libraries the beginning of the class path of each JVM that uses it
     * @param options of each JVM that uses it
     */
    ClassArchive(Path folder, List<Path> libraries, List<String> options) {
        CRC32 key = new CRC32();
        key.update((Runtime.version() + " " + options + " " + libraries).getBytes());
        this.file = folder.resolve("libraries-%08x.jsa".formatted(key.getValue()));
        this.classList = folder.resolve("libraries.classes");
        this.libraries = libraries;
        this.options = options;
    }

    boolean exists() {
        return Files.exists(file);
    }

    /** Makes a JVM use the archive. */
    String useOption() {
        return "-XX:SharedArchiveFile=" + file;
    }

    /** Makes a JVM write down the classes it loads. */
    String recordOption() {
        return "-XX:DumpLoadedClassList=" + classList;
    }

    /** Makes the archive of the classes written down so far; the JVM that writes may still run. */
    void make() throws IOException {
        Path finishedLines = withSuffix(classList, ".finished");
        String written = Files.readString(classList);
        Files.writeString(finishedLines, written.substring(0, written.lastIndexOf('\n') + 1));

        Path unfinished = withSuffix(file, ".unfinished");
        List<String> command = new ArrayList<>(List.of(JavaCommand.program()));
        command.addAll(options);
        command.addAll(List.of(
                "-Xshare:dump",
                "-XX:+AOTClassLinking",
                "-XX:SharedClassListFile=" + finishedLines,
                "-XX:SharedArchiveFile=" + unfinished,
                "-cp",
                libraries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator))));
        Path log = withSuffix(file, ".log");
        LeashedProcess process = LeashedProcess.start(new ProcessSpec(
                command, Map.of(), log, withSuffix(file, ".pid"), List.of(), StopSignal.TERM, Duration.ofSeconds(1)));
        if (process.onExit().join() != 0) {
            throw new IOException("no archive of classes could be made; " + log + " tells why");
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Path withSuffix(Path path, String suffix) {
        return path.resolveSibling(path.getFileName() + suffix);
    }
}
