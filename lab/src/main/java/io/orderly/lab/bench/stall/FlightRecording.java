package io.orderly.lab.bench.stall;

import io.orderly.stack.launch.JavaCommand;
import io.orderly.stack.process.ProcessFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** A JDK Flight Recorder recording of events that can delay a process. */
final class FlightRecording {

    private static final String NAME = "stalls";
    private static final String SETTINGS = "stalls.jfc";

    private final String process;
    private final long pid;
    private final int postgreSqlPort;

    private FlightRecording(String process, long pid, int postgreSqlPort) {
        this.process = process;
        this.pid = pid;
        this.postgreSqlPort = postgreSqlPort;
    }

    /**
     * Starts a recording. The start takes some processor time; recording itself has little overhead.
     *
     * @param folder the folder for the recorder's settings
     * @param process the name of the process, for the occurrences
     */
    static FlightRecording start(Path folder, String process, long pid, int postgreSqlPort)
            throws IOException, InterruptedException {
        Path settings = folder.resolve(SETTINGS);
        try (InputStream resource = FlightRecording.class.getResourceAsStream(SETTINGS)) {
            Files.copy(
                    Optional.ofNullable(resource).orElseThrow(() -> new IOException("missing resource " + SETTINGS)),
                    settings,
                    StandardCopyOption.REPLACE_EXISTING);
        }
        var recording = new FlightRecording(process, pid, postgreSqlPort);
        recording.command("JFR.start", "name=" + NAME, "settings=" + settings);
        return recording;
    }

    /**
     * Stops the recording.
     *
     * @param file the file for the recording
     */
    List<Occurrence> end(Path file) throws IOException, InterruptedException {
        command("JFR.stop", "name=" + NAME, "filename=" + file);
        List<Occurrence> occurrences = new ArrayList<>();
        try (var recorded = new RecordingFile(file)) {
            while (recorded.hasMoreEvents()) {
                RecordedEvent event = recorded.readEvent();
                what(event)
                        .ifPresent(what -> occurrences.add(
                                new Occurrence(process + ": " + what, event.getStartTime(), event.getEndTime())));
            }
        }
        return occurrences;
    }

    private Optional<String> what(RecordedEvent event) {
        return switch (event.getEventType().getName()) {
            case "jdk.GarbageCollection" ->
                Optional.of("collection %s, cause: %s".formatted(event.getString("name"), event.getString("cause")));
            case "jdk.ExecuteVMOperation" ->
                event.getBoolean("safepoint")
                        ? Optional.of("all threads stopped for " + event.getString("operation"))
                        : Optional.empty();
            case "jdk.Compilation" -> Optional.of("compilation of a method took over 100 ms");
            case "jdk.VirtualThreadPinned" -> Optional.of("a virtual thread was pinned for over 20 ms");
            case "jdk.JavaMonitorEnter" -> Optional.of("a thread waited over 20 ms for a monitor");
            case "jdk.FileForce" -> Optional.of("a file sync took over 20 ms");
            case "jdk.SocketRead" ->
                event.getInt("port") == postgreSqlPort
                        ? Optional.of("a thread waited over 50 ms for PostgreSQL")
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private void command(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(JavaCommand.program()).resolveSibling("jcmd").toString());
        command.add(Long.toString(pid));
        command.addAll(Arrays.asList(arguments));
        Process jcmd = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jcmd.waitFor() != 0) {
            throw new ProcessFailure(String.join(" ", command) + " failed:\n" + output);
        }
    }
}
