package io.orderly.stack.broker;

import io.orderly.backends.EmbeddedKafka;
import io.orderly.backends.EmbeddedKafka.Detour;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Runs a Kafka broker until the JVM is terminated. */
public final class BrokerApplication {

    private BrokerApplication() {}

    /**
     * @param args the data folder, the port, and any number of additional listeners as {@code
     *     name:port:advertised-port}
     */
    public static void main(String[] args) {
        List<Detour> detours =
                Stream.of(args).skip(2).map(BrokerApplication::detour).toList();
        EmbeddedKafka broker = EmbeddedKafka.start(Path.of(args[0]), Integer.parseInt(args[1]), detours);
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "broker-shutdown"));
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
