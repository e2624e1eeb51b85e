package io.orderly.backends;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** docker-compose.yml runs the two servers as this module does. */
class ComposeFileTest {

    private final Map<String, Object> file = read();

    @Test
    void runsTheImagesThatTestsRunOn() {
        assertThat(at(file, "services", "postgresql")).containsEntry("image", ContainerPostgreSql.IMAGE);
        assertThat(at(file, "services", "kafka")).containsEntry("image", ContainerKafka.IMAGE);
    }

    @Test
    void givesPostgreSqlItsSettings() {
        List<String> settings = ServerSettings.POSTGRESQL.entrySet().stream()
                .map(setting -> "-c" + setting.getKey() + "=" + setting.getValue())
                .toList();
        assertThat(at(file, "services", "postgresql").get("command"))
                .asInstanceOf(InstanceOfAssertFactories.list(String.class))
                .startsWith("postgres")
                .containsOnlyOnceElementsOf(settings)
                .hasSize(1 + settings.size());
        assertThat(at(file, "services", "postgresql", "environment"))
                .containsEntry("POSTGRES_PASSWORD", PostgreSqlAddress.SUPERUSER)
                .containsEntry("POSTGRES_INITDB_ARGS", String.join(" ", ServerSettings.INITDB));
    }

    @Test
    void givesKafkaItsSettings() {
        Map<String, Object> environment = at(file, "services", "kafka", "environment");
        ServerSettings.KAFKA.forEach(
                (name, value) -> assertThat(environment).containsEntry(ContainerKafka.variable(name), value));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> at(Map<String, Object> map, String... path) {
        Map<String, Object> here = map;
        for (String key : path) {
            here = (Map<String, Object>) here.get(key);
        }
        return here;
    }

    private static Map<String, Object> read() {
        try (Reader reader = Files.newBufferedReader(Path.of("..", "docker-compose.yml"))) {
            return new Yaml().load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
