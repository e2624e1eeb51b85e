package io.orderly.kit.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.backends.SharedBackends;
import io.orderly.kit.idempotency.IdempotencyKey;
import io.orderly.kit.idempotency.IdempotencyKeys;
import io.orderly.kit.idempotency.IdempotentResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.ResponseEntity;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** A service that uses only the web module of the kit: it has a database and no broker. */
@SpringBootTest(
        classes = WebModuleIntegrationTest.Service.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "spring.application.name=web-alone")
class WebModuleIntegrationTest {

    @Autowired
    Service.Notes notes;

    @LocalServerPort
    int port;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        SharedBackends.freshDatabase("web_alone")
                .springProperties()
                .forEach((name, value) -> registry.add(name, () -> value));
    }

    @Test
    void doesNotNeedMessaging() {
        assertThat(ClassUtils.isPresent(
                        "org.springframework.kafka.core.KafkaOperations",
                        getClass().getClassLoader()))
                .isFalse();
    }

    @Test
    void aRepeatedRequestTakesEffectOnce() throws Exception {
        HttpResponse<String> first = post("{\"text\":\"hello\"}", "key-1");
        HttpResponse<String> second = post("{\"text\":\"hello\"}", "key-1");

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(second.headers().firstValue("Location"))
                .isEqualTo(first.headers().firstValue("Location"));
        assertThat(notes.written).hasValue(1);
    }

    @Test
    void aBadRequestIsAProblem() throws Exception {
        HttpResponse<String> unknownField = post("{\"txt\":\"hello\"}", "key-2");

        assertThat(unknownField.statusCode()).isEqualTo(400);
        assertThat(unknownField.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(unknownField.body()).contains("txt");
    }

    private HttpResponse<String> post(String body, String key) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/notes"))
                            .header("Content-Type", "application/json")
                            .header(IdempotencyKey.HEADER, key)
                            .POST(BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Service.Notes.class)
    static class Service {

        record Note(@NotBlank String text) {}

        @RestController
        static class Notes {

            private final IdempotencyKeys keys;
            private final AtomicInteger written = new AtomicInteger();

            Notes(IdempotencyKeys keys) {
                this.keys = keys;
            }

            @PostMapping("/notes")
            ResponseEntity<byte[]> write(IdempotencyKey key, @Valid @RequestBody Note note) {
                return keys.once(key.toRequest(null, note), this::write).toResponse();
            }

            private IdempotentResponse write() {
                return IdempotentResponse.created(
                        URI.create("/notes/" + written.incrementAndGet()), "{}".getBytes(StandardCharsets.UTF_8));
            }
        }
    }
}
