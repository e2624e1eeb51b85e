package io.orderly.lab.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The machine of a measurement. */
public record Machine(int processors, String memory, String disk, String system, String java) {

    private static final double GIBIBYTE = 1 << 20; // of KiB

    /** @param data a folder on the disk that is used */
    public static Machine of(Path data) {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                installedMemory(),
                diskUnder(data),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.version"));
    }

    private static String installedMemory() {
        try {
            return Files.readAllLines(Path.of("/proc/meminfo")).stream()
                    .filter(line -> line.startsWith("MemTotal:"))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .map(kibibytes -> String.format(Locale.ROOT, "%.0f GiB", kibibytes / GIBIBYTE))
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException elsewhere) {
            return "unknown";
        }
    }

    private static String diskUnder(Path data) {
        try {
            var store = Files.getFileStore(data);
            String device = Path.of(store.name()).getFileName().toString();
            Path rotational = Path.of("/sys/class/block", device, "queue/rotational");
            String kind = !Files.exists(rotational)
                    ? "unknown type"
                    : Files.readString(rotational).strip().equals("1") ? "rotational" : "not rotational";
            return "%s on %s, %s".formatted(store.type(), device, kind);
        } catch (IOException e) {
            return "unknown";
        }
    }
}
