package io.orderly.stack.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The memory usage of processes. */
public final class ResidentMemory {

    private ResidentMemory() {}

    /**
     * The resident memory of this process and all its descendants, in bytes; shared pages count for each process. Empty
     * on systems without {@code /proc}.
     */
    public static OptionalLong ofProcessTree() {
        ProcessHandle self = ProcessHandle.current();
        if (!Files.exists(status(self))) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Stream.concat(Stream.of(self), self.descendants())
                .mapToLong(ResidentMemory::bytes)
                .sum());
    }

    private static long bytes(ProcessHandle process) {
        try (Stream<String> lines = Files.lines(status(process))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .sum();
        } catch (IOException endedMeanwhile) {
            return 0;
        }
    }

    private static Path status(ProcessHandle process) {
        return Path.of("/proc", Long.toString(process.pid()), "status");
    }
}
