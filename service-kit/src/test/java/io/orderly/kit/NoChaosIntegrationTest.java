package io.orderly.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.kit.chaos.CrashPoint;
import io.orderly.kit.chaos.CrashPoints;
import io.orderly.kit.chaos.Delivery;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** Without the profile, nothing can go wrong on purpose. */
class NoChaosIntegrationTest extends KitIntegrationTest {

    @Autowired
    ApplicationContext context;

    @LocalServerPort
    int port;

    @Test
    void thereIsNobodyToOrderAFaultFrom() throws Exception {
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
    void nothingStandsInTheWay() {
        assertThat(context.getBean(CrashPoints.class)).isSameAs(CrashPoints.NONE);
        assertThat(context.getBean(CrashPoints.class).named("anything")).isSameAs(CrashPoint.NONE);
        assertThat(context.getBean(Delivery.class)).isSameAs(Delivery.FAITHFUL);
        assertThat(context.getBean(Clock.class)).isEqualTo(Clock.systemUTC());
        assertThat(Arrays.stream(context.getBeanDefinitionNames())
                        .map(context::getType)
                        .filter(type -> type != null && type.getName().startsWith("de.codecentric")))
                .isEmpty();
    }
}
