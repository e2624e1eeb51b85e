package io.orderly.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The settings of the probe's clients are those of the services' clients. */
class KafkaClientSettingsTest {

    private final Map<String, Object> kafka = at(read(), "spring", "kafka");

    @Test
    void producerSettingsMatchTheServices() {
        Map<String, Object> producer = at(kafka, "producer");
        Map<String, Object> expected = new HashMap<>(at(producer, "properties"));
        expected.put("acks", producer.get("acks"));

        assertThat(KafkaClientSettings.PRODUCER).containsExactlyInAnyOrderEntriesOf(expected);
    }

    @Test
    void consumerSettingsMatchTheServices() {
        Map<String, Object> consumer = at(kafka, "consumer");
        Map<String, Object> expected = new HashMap<>(at(consumer, "properties"));
        expected.put("auto.offset.reset", consumer.get("auto-offset-reset"));
        expected.put("enable.auto.commit", consumer.get("enable-auto-commit"));
        expected.put("max.poll.records", consumer.get("max-poll-records"));

        assertThat(KafkaClientSettings.CONSUMER).containsExactlyInAnyOrderEntriesOf(expected);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> at(Map<String, Object> map, String... path) {
        Map<String, Object> here = map;
        for (String key : path) {
            here = (Map<String, Object>) here.get(key);
        }
        return here;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> read() {
        Path file = Path.of("..", "kit-messaging", "src", "main", "resources", "io", "orderly", "kit", "defaults.yaml");
        // the keys of Kafka's clients are flat in the file: their dots are part of them
        return new YAMLMapper().readValue(file, Map.class);
    }
}
