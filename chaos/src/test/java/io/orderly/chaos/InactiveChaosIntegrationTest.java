package io.orderly.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.backends.SharedBackends;
import io.orderly.kit.outbox.PublicationListener;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.kafka.config.ContainerCustomizer;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.TransactionExecutionListener;

/** The module is on the class path without the profile: no fault can be injected. */
@SpringBootTest(
        classes = ChaosTestApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        // a separate consumer group, because the service of another test may still run
        properties = "spring.application.name=chaos-asleep-test")
@DirtiesContext
class InactiveChaosIntegrationTest {

    private static final Map<String, String> BACKENDS = SharedBackends.springProperties("chaos_asleep");

    @Autowired
    ApplicationContext context;

    @LocalServerPort
    int port;

    @DynamicPropertySource
    static void backends(DynamicPropertyRegistry registry) {
        BACKENDS.forEach((name, value) -> registry.add(name, () -> value));
    }

    @Test
    void theFaultEndpointsDoNotExist() throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            for (String path : new String[] {"/actuator/faults", "/actuator/chaosmonkey"}) {
                URI uri = URI.create("http://localhost:" + port + path);
                var order = HttpRequest.newBuilder(uri)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"fault\":\"crash\",\"point\":\"before-batch-commit\"}"));
                assertThat(client.send(order.build(), BodyHandlers.discarding()).statusCode())
                        .isEqualTo(404);
                assertThat(client.send(order.GET().build(), BodyHandlers.discarding())
                                .statusCode())
                        .isEqualTo(404);
            }
        }
    }

    @Test
    void noFaultInjectionIsRegistered() {
        assertThat(context.getBean(CrashPoints.class)).isSameAs(CrashPoints.NONE);
        assertThat(context.getBean(CrashPoints.class).named("anything")).isSameAs(CrashPoint.NONE);
        assertThat(context.getBeansOfType(PublicationListener.class)).isEmpty();
        assertThat(context.getBeansOfType(ContainerCustomizer.class)).isEmpty();
        assertThat(context.getBeansOfType(TransactionExecutionListener.class)).isEmpty();
        assertThat(context.getBean(Clock.class)).isEqualTo(Clock.systemUTC());
        assertThat(Arrays.stream(context.getBeanDefinitionNames())
                        .map(context::getType)
                        .filter(type -> type != null && type.getName().startsWith("de.codecentric")))
                .isEmpty();
    }
}
