package io.orderly.provider;

import io.orderly.provider.http.ProviderClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A provider in a separate process, on a free port. */
final class ProviderProcess implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("Payment provider on http://127\\.0\\.0\\.1:(\\d+), .*");

    private final Process process;
    private final BufferedReader out;
    private final InetSocketAddress address;
    private final ProviderClient client;

    private ProviderProcess(Process process, BufferedReader out, int port) {
        this.process = process;
        this.out = out;
        this.address = new InetSocketAddress("127.0.0.1", port);
        this.client = new ProviderClient(address);
    }

    /** @param options alternating names and values; the defaults are a free port and no latency */
    static ProviderProcess start(Path data, String... options) throws IOException {
        return start(command(data, options));
    }

    /** A provider whose files are limited to a size, to simulate a full disk. */
    static ProviderProcess startWithFileLimit(Path data, int kibibytes) throws IOException {
        var quoted = command(data).stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        return start(List.of("bash", "-c", "ulimit -f %d; exec %s".formatted(kibibytes, quoted)));
    }

    private static ProviderProcess start(List<String> command) throws IOException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var out = new BufferedReader(process.inputReader(StandardCharsets.UTF_8));
        var line = out.readLine();
        var ready = READY.matcher(String.valueOf(line));
        if (!ready.matches()) {
            process.destroyForcibly();
            throw new IllegalStateException("The provider did not start: " + line);
        }
        return new ProviderProcess(process, out, Integer.parseInt(ready.group(1)));
    }

    /** The output and exit status of a provider that did not start. */
    record Failure(int exitStatus, String output) {}

    static Failure startExpectingFailure(Path data, String... options) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command(data, options))
                .redirectErrorStream(true)
                .start();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The provider started");
            }
            return new Failure(
                    process.exitValue(), new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
        }
    }

    private static List<String> command(Path data, String... options) {
        var command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                PaymentProviderApplication.class.getName()));
        var arguments = new LinkedHashMap<>(Map.of("--port", "0", "--latency-millis", "0", "--data", data.toString()));
        for (int i = 0; i < options.length; i += 2) {
            arguments.put(options[i], options[i + 1]);
        }
        arguments.forEach((option, value) -> command.addAll(List.of(option, value)));
        return command;
    }

    ProviderClient client() {
        return client;
    }

    /** Sends requests, and resets the connection when the first answer begins to arrive. */
    void disconnectDuring(String requests) throws IOException {
        try (var socket = new Socket(address.getAddress(), address.getPort())) {
            socket.setSoLinger(true, 0);
            socket.getOutputStream().write(requests.getBytes(StandardCharsets.UTF_8));
            socket.getInputStream().read();
        }
    }

    /** The output after the start, available when the process has ended. */
    String laterOutput() {
        return out.lines().collect(Collectors.joining("\n"));
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
    }

    /** SIGTERM. */
    void terminate() {
        // Uses the handle, because Process.destroy also closes the output.
        process.toHandle().destroy();
    }

    int awaitExit() throws InterruptedException {
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            throw new IllegalStateException("The provider did not end");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        client.close();
        // Another process can open the book only after this one has ended.
        process.destroyForcibly().onExit().join();
    }
}
