package io.orderly.lab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The resource usage of a process and its descendants, from {@code /proc}; zero on systems without it.
 *
 * @param cpuMillis the processor time since their start, including exited children
 * @param memoryBytes the proportional set size
 */
public record ProcessUsage(long cpuMillis, long memoryBytes) {

    /** Linux reports processor time in hundredths of a second here, on every processor. */
    private static final int MILLIS_PER_TICK = 10;

    private static final int KIBIBYTE = 1024;

    // relative to the state, which follows the name in parentheses
    private static final int USER_TICKS = 11;
    private static final int CHILDREN_SYSTEM_TICKS = 14;

    public static ProcessUsage of(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                .map(each -> new ProcessUsage(cpuMillis(each), memoryBytes(each)))
                .reduce(new ProcessUsage(0, 0), ProcessUsage::plus);
    }

    public static ProcessUsage ofCurrentProcess() {
        ProcessHandle self = ProcessHandle.current();
        return new ProcessUsage(cpuMillis(self), memoryBytes(self));
    }

    public ProcessUsage plus(ProcessUsage other) {
        return new ProcessUsage(cpuMillis + other.cpuMillis, memoryBytes + other.memoryBytes);
    }

    private static long cpuMillis(ProcessHandle process) {
        try {
            String stat = Files.readString(file(process, "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            long ticks = 0;
            for (int i = USER_TICKS; i <= CHILDREN_SYSTEM_TICKS; i++) {
                ticks += Long.parseLong(fields[i]);
            }
            return ticks * MILLIS_PER_TICK;
        } catch (IOException endedMeanwhile) {
            return 0;
        }
    }

    private static long memoryBytes(ProcessHandle process) {
        try (Stream<String> lines = Files.lines(file(process, "smaps_rollup"))) {
            return lines.filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIBIBYTE)
                    .sum();
        } catch (IOException endedMeanwhile) {
            return 0;
        }
    }

    private static Path file(ProcessHandle process, String name) {
        return Path.of("/proc", Long.toString(process.pid()), name);
    }
}
