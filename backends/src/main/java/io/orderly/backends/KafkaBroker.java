package io.orderly.backends;

import java.util.Map;

/** A running Kafka broker. */
public interface KafkaBroker {

    /** The address for clients, as {@code host:port}. */
    String bootstrapServers();

    /** The properties that connect a Spring Boot application to this broker. */
    default Map<String, String> springProperties() {
        return Map.of("spring.kafka.bootstrap-servers", bootstrapServers());
    }
}
