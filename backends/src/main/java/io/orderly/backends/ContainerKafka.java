package io.orderly.backends;

import java.util.Locale;
import org.testcontainers.kafka.KafkaContainer;

/** A Kafka broker from the public image, with the settings of the embedded one. Testcontainers removes it after the JVM has ended. */
final class ContainerKafka implements KafkaBroker {

    static final String IMAGE = "apache/kafka:4.2.1";

    private final String bootstrapServers;

    private ContainerKafka(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /** Starts a broker and returns when it accepts clients. */
    static ContainerKafka start() {
        KafkaContainer container = new KafkaContainer(IMAGE);
        ServerSettings.KAFKA.forEach((name, value) -> container.addEnv(variable(name), value));
        container.start();
        return new ContainerKafka(container.getBootstrapServers());
    }

    /** The environment variable by which the image takes a setting. */
    static String variable(String setting) {
        return "KAFKA_" + setting.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    @Override
    public String bootstrapServers() {
        return bootstrapServers;
    }
}
