package io.orderly.lab.fault;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A process whose files cannot grow any more, so that its writes fail as on a full disk. It is expected to end then, as the payment provider
 * does. The limit is one of the process, set with {@code prlimit} of util-linux, which needs no privileges.
 */
final class FileSizeLimit implements Injection {

    /** What is left for the next record: less than it needs, so that a part of it is written. */
    private static final long LEFT_BYTES = 64;

    private final long pid;

    private FileSizeLimit(long pid) {
        this.pid = pid;
    }

    /** @param data the folder of the process's data; no file may become longer than the longest one in it, and a few bytes */
    static FileSizeLimit set(long pid, Path data) {
        try (Stream<Path> files = Files.walk(data)) {
            long longest = files.map(Path::toFile)
                    .filter(File::isFile)
                    .mapToLong(File::length)
                    .max()
                    .orElse(0);
            limit(pid, Long.toString(longest + LEFT_BYTES));
        } catch (IOException e) {
            throw new FaultInjectionException("the files of the process cannot be measured", e);
        }
        return new FileSizeLimit(pid);
    }

    /** Sets the soft limit only, since a hard limit could not be raised again. */
    private static void limit(long pid, String bytes) {
        List<String> command = List.of("prlimit", "--pid", Long.toString(pid), "--fsize=" + bytes + ":");
        try {
            int exit = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .onExit()
                    .join()
                    .exitValue();
            if (exit != 0 && isAlive(pid)) {
                throw new FaultInjectionException("process", "has no limits that can be changed: " + command);
            }
        } catch (IOException e) {
            throw new FaultInjectionException("prlimit of util-linux is not installed", e);
        }
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }

    @Override
    public Effect effect() {
        boolean hasEnded = !isAlive(pid);
        return new Effect(
                hasEnded, "pid %d %s".formatted(pid, hasEnded ? "ended: its files could not grow" : "still runs"));
    }

    @Override
    public void heal() {
        limit(pid, "unlimited");
    }
}
