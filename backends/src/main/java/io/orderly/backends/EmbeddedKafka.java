package io.orderly.backends;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A Kafka cluster of one node, broker and controller in one, inside this JVM and on the loopback interface. Topics
 * are not created automatically, and consumer groups start without a delay.
 */
public final class EmbeddedKafka implements KafkaBroker, AutoCloseable {

    private static final int NODE_ID = 1;
    private static final Uuid CLUSTER_ID = new Uuid(0x6f7264_65726c79L, 1);

    private final KafkaRaftServer server;
    private final int port;

    private EmbeddedKafka(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Starts a broker and returns when it accepts clients.
     *
     * @param folder where it stores its data; the data of an earlier start are used again
     * @param port the port to listen on, 0 for any free one
     */
    public static EmbeddedKafka start(Path folder, int port) {
        return start(folder, port, List.of());
    }

    /** @param detours additional listeners, for clients that connect through a proxy */
    public static EmbeddedKafka start(Path folder, int port, List<Detour> detours) {
        int listening = port == 0 ? FreePort.find() : port;
        // The controller is reached by its own broker only, which reads the port from the same settings.
        int controllerPort = FreePort.find();
        format(folder);
        KafkaRaftServer server =
                new KafkaRaftServer(new KafkaConfig(settings(folder, listening, controllerPort, detours)), Time.SYSTEM);
        try {
            server.startup();
        } catch (RuntimeException e) {
            server.shutdown();
            throw e;
        }
        return new EmbeddedKafka(server, listening);
    }

    @Override
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /** Ends the broker and returns when it has written everything; its data stay. */
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static void format(Path folder) {
        try {
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                    .setNodeId(NODE_ID)
                    .setClusterId(CLUSTER_ID.toString())
                    .addDirectory(folder.toString())
                    .setMetadataLogDirectory(folder.toString())
                    .setControllerListenerName("CONTROLLER")
                    .setIgnoreFormatted(true)
                    .run();
        } catch (Exception e) {
            throw new IllegalStateException("cannot prepare " + folder + " for Kafka", e);
        }
    }

    /**
     * A listener for a client that connects through a proxy. A broker advertises an address to each client; clients of this
     * listener get the address of the proxy.
     *
     * @param name of the client, in letters, digits, dots and dashes
     * @param port where the broker listens for it
     * @param advertisedPort the port of the proxy
     */
    public record Detour(String name, int port, int advertisedPort) {

        String listenerName() {
            return name.toUpperCase(Locale.ROOT);
        }
    }

    private static Map<String, String> settings(Path folder, int port, int controllerPort, List<Detour> detours) {
        Map<String, String> settings = new HashMap<>(ServerSettings.KAFKA);
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(NODE_ID));
        settings.put("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort);
        settings.put("listeners", "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(port, controllerPort));
        settings.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("log.dirs", folder.toString());
        if (!detours.isEmpty()) {
            settings.merge("listeners", addresses(detours, Detour::port), EmbeddedKafka::listed);
            settings.merge("advertised.listeners", addresses(detours, Detour::advertisedPort), EmbeddedKafka::listed);
            settings.put(
                    "listener.security.protocol.map",
                    Stream.concat(
                                    Stream.of("PLAINTEXT", "CONTROLLER"),
                                    detours.stream().map(Detour::listenerName))
                            .map(listener -> listener + ":PLAINTEXT")
                            .collect(Collectors.joining(",")));
            settings.put("inter.broker.listener.name", "PLAINTEXT");
        }
        return settings;
    }

    private static String addresses(List<Detour> detours, ToIntFunction<Detour> port) {
        return detours.stream()
                .map(detour -> "%s://127.0.0.1:%d".formatted(detour.listenerName(), port.applyAsInt(detour)))
                .collect(Collectors.joining(","));
    }

    private static String listed(String some, String more) {
        return some + "," + more;
    }
}
