package io.orderly.stack.broker;

import io.orderly.backends.EmbeddedKafka;
import java.nio.file.Path;

/** Runs a Kafka broker until it is asked to end. */
public final class Broker {

    private Broker() {}

    /** @param args the data folder and the port */
    public static void main(String[] args) {
        EmbeddedKafka broker = EmbeddedKafka.start(Path.of(args[0]), Integer.parseInt(args[1]));
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "broker-shutdown"));
    }
}
