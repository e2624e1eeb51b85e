package io.orderly.backends;

import java.util.Map;

/** A running Kafka broker. */
public interface KafkaBroker {

    /** Where clients find it, as {@code host:port}. */
    String bootstrapServers();

    /** What points a Spring Boot application at this broker. */
    default Map<String, String> springProperties() {
        return Map.of("spring.kafka.bootstrap-servers", bootstrapServers());
    }
}
