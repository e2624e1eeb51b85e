package io.orderly.stack.broker;

import io.orderly.backends.EmbeddedKafka;
import io.orderly.backends.EmbeddedKafka.Detour;
import io.orderly.backends.EmbeddedKafka.Node;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs a Kafka broker until the JVM is terminated. */
public final class BrokerApplication {

    private BrokerApplication() {}

    /**
     * @param args the data folder, the port, the node as {@code id@controller-port,controller-port}, and any number of additional listeners as
     *     {@code name:port:advertised-port}
     */
    public static void main(String[] args) {
        List<Detour> detours =
                Stream.of(args).skip(3).map(BrokerApplication::detour).toList();
        EmbeddedKafka broker = EmbeddedKafka.start(Path.of(args[0]), Integer.parseInt(args[1]), node(args[2]), detours);
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "broker-shutdown"));
    }

    /** The argument for the node. */
    public static String argument(Node node) {
        return node.id() + "@"
                + node.controllerPorts().stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private static Node node(String argument) {
        String[] parts = argument.split("@");
        return new Node(
                Integer.parseInt(parts[0]),
                Stream.of(parts[1].split(",")).map(Integer::valueOf).toList());
    }

    /** The argument for an additional listener. */
    public static String argument(Detour detour) {
        return "%s:%d:%d".formatted(detour.name(), detour.port(), detour.advertisedPort());
    }

    private static Detour detour(String argument) {
        String[] parts = argument.split(":");
        return new Detour(parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    }
}
