package io.orderly.lab.bench.coordinator;

import io.orderly.backends.FreePort;
import io.orderly.lab.bench.ProcessUsage;
import io.orderly.stack.launch.JavaCommand;
import io.orderly.stack.process.Readiness;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Measures the writes per second that the generator gets from {@link NoOpServer}. */
final class GrpcCeiling {

    private static final Duration WARM_UP = Duration.ofSeconds(6);
    private static final Duration START_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(100);

    private GrpcCeiling() {}

    static List<Measurement> measure(List<Integer> clients, Duration time) throws IOException, InterruptedException {
        int port = FreePort.find();
        Process server = new ProcessBuilder(JavaCommand.mainClass(
                        List.of("-XX:+UseSerialGC", "-Xmx128m", "--enable-native-access=ALL-UNNAMED"),
                        NoOpServer.class.getName(),
                        Integer.toString(port)))
                .inheritIO()
                .start();
        Thread stopAtExit = new Thread(server::destroyForcibly, "stop the server");
        Runtime.getRuntime().addShutdownHook(stopAtExit);
        try {
            awaitReady(port);
            List<Measurement> measurements = new ArrayList<>();
            for (int number : clients) {
                measurements.add(measure(server, port, number, time));
            }
            return measurements;
        } finally {
            server.destroyForcibly().waitFor();
            Runtime.getRuntime().removeShutdownHook(stopAtExit);
        }
    }

    private static Measurement measure(Process server, int port, int clients, Duration time)
            throws InterruptedException {
        List<ProcessUsage> servers = new ArrayList<>();
        List<ProcessUsage> generator = new ArrayList<>();
        try (Connections connections = new Connections(List.of(port, port, port), clients)) {
            ClosedLoop.Result result = new ClosedLoop(connections.eventLoop(), clients, new Loads().puts(connections))
                    .run(WARM_UP, time, () -> {
                        servers.add(ProcessUsage.of(server.toHandle()));
                        generator.add(ProcessUsage.ofCurrentProcess());
                    });
            return Measurement.of(Measurement.Phase.WARM, "no-op", clients, result, servers, generator);
        }
    }

    private static void awaitReady(int port) throws IOException, InterruptedException {
        Readiness readiness = Readiness.accepting(port);
        long giveUpNanos = System.nanoTime() + START_TIMEOUT.toNanos();
        while (true) {
            try {
                if (readiness.isReady()) {
                    return;
                }
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            }
            if (System.nanoTime() - giveUpNanos > 0) {
                throw new IOException("the server does not listen on port " + port);
            }
            Thread.sleep(POLL);
        }
    }
}
