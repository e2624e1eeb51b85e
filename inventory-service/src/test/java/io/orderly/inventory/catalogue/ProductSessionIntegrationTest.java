package io.orderly.inventory.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.contracts.Sku;
import io.orderly.inventory.InventoryIntegrationTest;
import io.orderly.inventory.InventoryServiceApplication;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.json.JsonMapper;

/** Two instances with products in memory, of which one changes prices. While no outbox is published, the other one does not hear of it. */
@TestPropertySource(properties = ProductSessionIntegrationTest.LONG_AGE)
class ProductSessionIntegrationTest extends InventoryIntegrationTest {

    static final String LONG_AGE = "orderly.product-cache.max-age=1h";

    private static final String SESSION = "Orderly-Session";

    @Autowired
    ApplicationContext reader;

    @LocalServerPort
    int readerPort;

    private final HttpClient client = HttpClient.newHttpClient();
    private static ConfigurableApplicationContext writer;
    private static int writerPort;

    private record Read(long version, String token, int status, String body) {}

    @BeforeAll
    static void startWriter() {
        String[] settings = Stream.concat(
                        BACKENDS.entrySet().stream().map(entry -> "--" + entry.getKey() + "=" + entry.getValue()),
                        Stream.of(
                                "--server.port=0",
                                "--logging.level.root=error",
                                "--orderly.shards.check-interval=1h",
                                "--" + LONG_AGE))
                .toArray(String[]::new);
        writer = SpringApplication.run(InventoryServiceApplication.class, settings);
        writerPort = ((WebServerApplicationContext) writer).getWebServer().getPort();
    }

    @AfterAll
    static void stopWriter() {
        writer.close();
    }

    @AfterEach
    void publishAgain() {
        Stream.of(relay(reader), relay(writer))
                .filter(relay -> !relay.isRunning())
                .forEach(SmartLifecycle::start);
        client.close();
    }

    @Test
    void withItsTokenAReadIsNotOlderThanWhatTheClientHasSeenElsewhere() {
        Sku sku = newProduct(1);
        awaitInMemory(sku);
        relay(reader).stop();
        relay(writer).stop();

        Read changed = change(sku, "11.00", null);
        assertThat(changed.version).isEqualTo(2);

        assertThat(read(sku, null).version).as("without the token").isEqualTo(1);
        Read inSession = read(sku, changed.token);
        assertThat(inSession.version).as("with the token").isEqualTo(2);
        assertThat(inSession.token).isEqualTo(changed.token);
        assertThat(get(readerPort, "/products/" + sku + "/details", changed.token).body)
                .contains("\"version\":2");
        assertThat(read(sku, null).version).as("the instance has read it").isEqualTo(2);
    }

    @Test
    void theTokenIsAboutAllProducts() {
        Sku read = newProduct(1);
        Sku other = newProduct(1);
        awaitInMemory(read);
        relay(reader).stop();
        relay(writer).stop();

        change(read, "11.00", null);
        Read later = change(other, "12.00", null);

        assertThat(read(read, null).version).isEqualTo(1);
        assertThat(read(read, later.token).version)
                .as("its change precedes what the client has seen")
                .isEqualTo(2);
    }

    @Test
    void anAnnouncedChangeIsReadWithoutAToken() {
        Sku sku = newProduct(1);
        awaitInMemory(sku);
        double before = count("orderly.product-cache.invalidations");
        change(sku, "11.00", null);

        await().until(() -> read(sku, null).version == 2);
        assertThat(count("orderly.product-cache.invalidations")).isGreaterThan(before);
    }

    @Test
    void aListContinuesTheSession() {
        Sku sku = newProduct(1);
        Read changed = change(sku, "11.00", null);
        Read list = get(readerPort, "/products?after=TESS&limit=200", null);

        assertThat(list.status).isEqualTo(200);
        assertThat(list.body).contains(sku.value());
        assertThat(list.token).isEqualTo(changed.token);
    }

    @Test
    void refusesATokenThatIsAheadOfTheDatabaseAndOneThatIsNone() {
        Sku sku = newProduct(1);
        Read ahead = get(readerPort, "/products/" + sku, "AQAA________");
        assertThat(ahead.status).isEqualTo(503);
        assertThat(ahead.body).contains("/problems/behind-session");
        assertThat(get(readerPort, "/products", "AQAA________").status).isEqualTo(503);

        Read invalid = get(readerPort, "/products/" + sku, "x".repeat(12));
        assertThat(invalid.status).isEqualTo(400);
        assertThat(invalid.body).contains(SESSION);
    }

    /** Reads until the product is in the memory of the reader. */
    private void awaitInMemory(Sku sku) {
        await().until(() -> {
            double hits = count("orderly.product-cache.reads", "result", "hit");
            assertThat(read(sku, null).version).isEqualTo(1);
            return count("orderly.product-cache.reads", "result", "hit") > hits;
        });
    }

    private double count(String counter, String... tags) {
        return reader.getBean(MeterRegistry.class).counter(counter, tags).count();
    }

    private static SmartLifecycle relay(ApplicationContext instance) {
        return instance.getBean("outboxRelay", SmartLifecycle.class);
    }

    private Read read(Sku sku, @Nullable String token) {
        return get(readerPort, "/products/" + sku, token);
    }

    private Read change(Sku sku, String euros, @Nullable String token) {
        return send(
                writerPort,
                "/products/" + sku + "/price",
                token,
                "{\"amount\":\"%s\",\"currency\":\"EUR\"}".formatted(euros));
    }

    private Read get(int port, String path, @Nullable String token) {
        return send(port, path, token, null);
    }

    private Read send(int port, String path, @Nullable String token, @Nullable String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
        if (token != null) {
            request.header(SESSION, token);
        }
        if (body != null) {
            request.header("Content-Type", "application/json").PUT(BodyPublishers.ofString(body));
        }
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            return new Read(
                    new JsonMapper().readTree(response.body()).path("version").asLong(0),
                    response.headers().firstValue(SESSION).orElse(""),
                    response.statusCode(),
                    response.body());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
