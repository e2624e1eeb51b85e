package io.orderly.stack.launch;

import io.orderly.backends.process.LeashedProcess;
import io.orderly.backends.process.ProcessSpec;
import io.orderly.backends.process.ProcessSpec.StopSignal;
import io.orderly.stack.process.ProcessFolder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * A CDS archive of library classes, which JVMs map into memory: it more than halves the processor time of a start. A
 * single archive is used by all services and remains valid when their own code changes. An AOT cache per service would
 * not start faster, takes twice as long to create, and is invalid after each build.
 */
final class ClassArchive {

    /** The name of the process that creates an archive. */
    private static final String PROCESS = "class-archive";

    /** Two minutes have been measured on a busy machine. A creation that takes longer than this counts as failed. */
    private static final Duration CREATION_TIMEOUT = Duration.ofMinutes(5);

    private static final int TIMED_OUT = -1;

    private static final Duration STOP_GRACE = Duration.ofSeconds(1);

    private final Path file;
    private final Path lockFile;
    private final Path classList;
    private final List<Path> libraries;
    private final List<String> options;

    /**
     * @param folder the folder for the archive, whose name contains a checksum of its validity; several systems can share it
     * @param ownFolder the folder of this system for the recorded classes
     * @param libraries the prefix of the class path of each JVM that uses it
     * @param options the options of each JVM that uses it
     */
    ClassArchive(Path folder, Path ownFolder, List<Path> libraries, List<String> options) {
        CRC32 key = new CRC32();
        key.update((Runtime.version() + " " + options + " " + libraries).getBytes());
        this.file = folder.resolve("libraries-%08x.jsa".formatted(key.getValue()));
        this.lockFile = withSuffix(file, ".lock");
        this.classList = ownFolder.resolve("libraries.classes");
        this.libraries = libraries;
        this.options = options;
    }

    boolean exists() {
        return Files.exists(file);
    }

    /** The JVM option that uses the archive. A JVM that cannot use it logs a warning and starts without it. */
    String useOption() {
        return "-XX:SharedArchiveFile=" + file;
    }

    /** The JVM option that records the loaded classes. */
    String recordOption() {
        return "-XX:DumpLoadedClassList=" + classList;
    }

    /**
     * Creates the archive from the classes recorded so far; the recording JVM may still be running. If another launcher is
     * creating it, waits for that one, and creates it only if the other one did not.
     *
     * @param processes receives the log and the pid of the process that creates it. If the launcher is killed, the next one waits
     *     for the exit of that process, which could still write to the folder of the archive.
     * @throws IOException if it cannot be created; the message contains the reason
     */
    void create(ProcessFolder processes) throws IOException {
        synchronized (ClassArchive.class) { // a file lock belongs to the whole JVM
            try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock _ = channel.lock()) {
                if (!exists()) {
                    createLocked(processes);
                }
            }
        }
    }

    private void createLocked(ProcessFolder processes) throws IOException {
        Path finishedLines = withSuffix(classList, ".finished");
        String written = Files.readString(classList);
        Files.writeString(finishedLines, written.substring(0, written.lastIndexOf('\n') + 1));
        Path log = processes.logs().resolve(PROCESS + ".log");
        Files.deleteIfExists(log);
        Path pidFile = processes.pids().resolve(PROCESS + ".pid");

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
        run(new ProcessSpec(command, Map.of(), log, pidFile, List.of(), StopSignal.TERM, STOP_GRACE));
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private void run(ProcessSpec creation) throws IOException {
        LeashedProcess process;
        try {
            process = LeashedProcess.start(creation);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        int exitCode = process.onExit()
                .completeOnTimeout(TIMED_OUT, CREATION_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                .join();
        if (exitCode != 0) {
            process.stop();
            throw new IOException("the class archive could not be created; see " + creation.log());
        }
    }

    private static Path withSuffix(Path path, String suffix) {
        return path.resolveSibling(path.getFileName() + suffix);
    }
}
