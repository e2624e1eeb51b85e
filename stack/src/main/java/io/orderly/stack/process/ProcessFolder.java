package io.orderly.stack.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder of the processes' logs and pid files.
 *
 * @param logs contains {@code <name>.log} of every process, and {@code <name>.previous.log} of the previous run
 * @param pids contains {@code <name>.pid} of every running process
 */
public record ProcessFolder(Path logs, Path pids) {

    private static final Pattern STACK_FRAME = Pattern.compile("^\\s+(at |\\.\\.\\. \\d+ )");

    /** The folder below {@code parent}, which is created if missing. */
    public static ProcessFolder under(Path parent) {
        try {
            return new ProcessFolder(
                    Files.createDirectories(parent.resolve("logs")), Files.createDirectories(parent.resolve("pids")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path log(String name) {
        return logs.resolve(name + ".log");
    }

    Path pid(String name) {
        return pids.resolve(name + ".pid");
    }

    /** Renames the log of the previous run, so that a log contains a single run. */
    void beginLog(String name) {
        try {
            Files.move(log(name), logs.resolve(name + ".previous.log"), StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException firstRun) {
            // no log to rename
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The end of a process's log without stack frames, which would displace the messages. */
    String lastLines(String name, int count) {
        try (Stream<String> lines = Files.lines(log(name), StandardCharsets.ISO_8859_1)) {
            List<String> all =
                    lines.filter(line -> !STACK_FRAME.matcher(line).find()).toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - count), all.size()));
        } catch (UncheckedIOException | IOException e) {
            return "(cannot be read)";
        }
    }

    /**
     * Processes of an earlier run whose launcher was killed and that have not exited yet; their supervisors stop them.
     */
    public List<ProcessHandle> leftovers() {
        try (Stream<Path> files = Files.list(pids)) {
            List<ProcessHandle> leftovers = new ArrayList<>();
            for (Path file : files.toList()) {
                leftover(file).ifPresent(leftovers::add);
            }
            return leftovers;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<ProcessHandle> leftover(Path file) throws IOException {
        try {
            long pid = Long.parseLong(Files.readString(file).strip());
            FileTime written = Files.getLastModifiedTime(file);
            return ProcessHandle.of(pid).filter(process -> startedBefore(process, written.toInstant()));
        } catch (NoSuchFileException | NumberFormatException gone) {
            return Optional.empty();
        }
    }

    /** Distinguishes the process from a later process with the same pid. */
    private static boolean startedBefore(ProcessHandle process, Instant written) {
        return process.info()
                .startInstant()
                .map(started -> started.isBefore(written.plusSeconds(1)))
                .orElse(true);
    }
}
