package io.orderly.kit.settings;

import static io.orderly.kit.settings.SettingDeclarationTest.DEADLINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orderly.backends.FreePort;
import io.orderly.coordinator.client.CoordinatorClient;
import io.orderly.coordinator.store.Bytes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A service with one member of the coordinator. Its module comes after this one, so the path of its executable jar is passed:
 * {@code -Dcoordinator.jar=…}; without it the test is skipped.
 */
@Tag("slow")
class SettingsEndpointIntegrationTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @Test
    void followsTheCoordinatorAndKeepsTheLastValidValueWithoutIt(@TempDir Path folder) throws Exception {
        Path jar = Path.of(System.getProperty("coordinator.jar", ""));
        assumeTrue(Files.isRegularFile(jar), "-Dcoordinator.jar does not name the jar of coordinator-server");
        int port = FreePort.find();
        int peer = FreePort.find();
        try (ConfigurableApplicationContext context = service(port);
                HttpClient http = HttpClient.newHttpClient()) {
            var deadline = context.getBean(LiveSettings.class).declare(DEADLINE);
            assertThat(deadline.get()).isEqualTo(Duration.ofSeconds(60));
            Process member = member(jar, folder, port, peer);
            try {
                URI settings = URI.create("http://127.0.0.1:%s/actuator/settings"
                        .formatted(context.getEnvironment().getProperty("local.server.port")));
                String valid = "{\"value\": \"30s\", \"by\": \"ada\", \"revision\": 0}";
                await().atMost(LONG).until(() -> post(http, settings, valid) == 200);
                await().atMost(LONG).until(() -> deadline.get().equals(Duration.ofSeconds(30)));
                assertThat(post(http, settings, valid)).isEqualTo(409);
                assertThat(post(http, settings, "{\"value\": \"2h\", \"by\": \"ada\"}"))
                        .isEqualTo(422);
                assertThat(post(http, settings, "{\"value\": \"2m\"}")).isEqualTo(400);

                context.getBean(CoordinatorClient.class)
                        .put(Bytes.utf8("/settings/order-service/deadline.charge"), Bytes.utf8("soon"));
                await().atMost(LONG).until(() -> get(http, settings).contains("'soon' is not valid"));
                assertThat(get(http, settings)).contains("\"value\":\"30000ms\"", "\"source\":\"COORDINATOR\"");
                assertThat(get(http, URI.create(settings + "/deadline.charge")))
                        .contains("\"by\":\"ada\",\"from\":\"\",\"to\":\"30s\"");
            } finally {
                member.destroyForcibly();
                assertThat(member.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
            }
            assertThat(deadline.get()).isEqualTo(Duration.ofSeconds(30));
        }
    }

    private static ConfigurableApplicationContext service(int coordinator) {
        // arguments, because the defaults of the kit take precedence over the properties of the builder
        return new SpringApplicationBuilder(TestService.class)
                .run(
                        "--spring.application.name=order-service",
                        "--server.port=0",
                        "--management.endpoints.web.exposure.include=settings",
                        "--orderly.coordinator.client.enabled=true",
                        "--orderly.coordinator.client.endpoints=127.0.0.1:" + coordinator);
    }

    private static Process member(Path jar, Path folder, int client, int peer) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-jar",
                        jar.toString(),
                        "--orderly.coordinator.id=1",
                        "--orderly.coordinator.data=" + folder.resolve("data"),
                        "--orderly.coordinator.members=1=http://127.0.0.1:" + peer,
                        "--orderly.coordinator.peer-address=127.0.0.1:" + peer,
                        "--orderly.coordinator.api.port=" + client,
                        "--server.port=0")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("member.log").toFile())
                .start();
    }

    private static int post(HttpClient http, URI settings, String body) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(URI.create(settings + "/deadline.charge"))
                                .timeout(LONG)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }

    private static String get(HttpClient http, URI uri) throws Exception {
        HttpResponse<String> response =
                http.send(HttpRequest.newBuilder(uri).timeout(LONG).build(), BodyHandlers.ofString());
        return response.body();
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration(
            exclude = {DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class},
            excludeName = {
                "io.orderly.kit.entities.EntitiesAutoConfiguration",
                "io.orderly.kit.unitofwork.UnitOfWorkAutoConfiguration",
                "io.orderly.kit.retention.RetentionAutoConfiguration"
            })
    static class TestService {}
}
