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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A node of a Kafka cluster, broker and controller in one, inside this JVM and on the loopback interface. By default it is the only node. Topics
 * are not created automatically, and consumer groups start without a delay.
 */
public final class EmbeddedKafka implements KafkaBroker, AutoCloseable {

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
        return start(folder, port, Node.ALONE, List.of());
    }

    /**
     * Starts a node of a cluster. Returns when it accepts clients, which takes a majority of the nodes.
     *
     * @param node which one it is; the data folder belongs to it
     * @param detours additional listeners, for clients that connect through a proxy
     */
    public static EmbeddedKafka start(Path folder, int port, Node node, List<Detour> detours) {
        int listening = port == 0 ? FreePort.find() : port;
        format(folder, node);
        KafkaRaftServer server = new KafkaRaftServer(
                new KafkaConfig(settings(folder, listening, node.withControllerPorts(), detours)), Time.SYSTEM);
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

    private static void format(Path folder, Node node) {
        try {
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                    .setNodeId(node.id())
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
     * A node of a cluster, all nodes of which are controllers.
     *
     * @param id counted from 1
     * @param controllerPorts where the controllers of all nodes listen, in the order of their ids; 0 for any free port, if it is the only node
     */
    public record Node(int id, List<Integer> controllerPorts) {

        /** The only node of its cluster. */
        public static final Node ALONE = new Node(1, List.of(0));

        /** Of a single node, the port is known to its own broker only, which reads it from the same settings. */
        Node withControllerPorts() {
            return controllerPorts.equals(ALONE.controllerPorts) ? new Node(id, List.of(FreePort.find())) : this;
        }

        int controllerPort() {
            return controllerPorts.get(id - 1);
        }

        String voters() {
            return IntStream.range(0, controllerPorts.size())
                    .mapToObj(index -> "%d@127.0.0.1:%d".formatted(index + 1, controllerPorts.get(index)))
                    .collect(Collectors.joining(","));
        }

        boolean isReplicated() {
            return controllerPorts.size() > 1;
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

    private static Map<String, String> settings(Path folder, int port, Node node, List<Detour> detours) {
        Map<String, String> settings = new HashMap<>(ServerSettings.KAFKA);
        if (node.isReplicated()) {
            settings.putAll(ServerSettings.REPLICATED_KAFKA);
        }
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(node.id()));
        settings.put("controller.quorum.voters", node.voters());
        settings.put(
                "listeners",
                "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(port, node.controllerPort()));
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
