package io.orderly.coordinator.compatibility;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A client that is a program. Its errors go to a file. */
final class Program implements AutoCloseable {

    private static final int DEADLINE_SECONDS = 60;

    private final Process process;
    private final Path errors;
    private final BufferedReader output;

    /** How a program ended. */
    record Result(int status, String output, String errors) {}

    /** @param folder its working folder */
    Program(List<String> command, Map<String, String> environment, Path folder) throws IOException {
        errors = Files.createTempFile(folder, "errors", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectError(errors.toFile());
        builder.environment().putAll(environment);
        process = builder.start();
        output = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Writes the whole input of the program. */
    Program input(String text) throws IOException {
        try (var input = process.outputWriter(StandardCharsets.UTF_8)) {
            input.write(text);
        }
        return this;
    }

    /** The next line of its output. */
    String line() throws IOException {
        String line = output.readLine();
        return line == null ? "(end)" : line;
    }

    /** Waits for the end of the program. */
    Result result() throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            text.append(line).append('\n');
        }
        if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the program does not end");
        }
        return new Result(process.exitValue(), text.toString().strip(), Files.readString(errors));
    }

    /** Requests the program to end. */
    void interrupt() {
        // Process.destroy would also close the output, which is still to be read
        process.toHandle().destroy();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
