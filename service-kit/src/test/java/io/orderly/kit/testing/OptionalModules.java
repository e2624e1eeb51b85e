package io.orderly.kit.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.List;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The optional modules, which are added to the class path of a service only on demand. */
public final class OptionalModules {

    private static final List<String> PACKAGES =
            List.of("io.orderly.antipatterns", "io.orderly.chaos", "de.codecentric");

    private static final List<String> TABLES =
            List.of("rolled_back_branches", "committed_branches", "transaction_decisions", "authorizations");

    private static final List<String> PATHS = List.of(
            "/anti-patterns/distributed-transaction/branches",
            "/anti-patterns/distributed-transaction/in-doubt",
            "/anti-patterns/chatty/products",
            "/actuator/faults",
            "/actuator/chaosmonkey");

    private OptionalModules() {}

    /** Asserts that a service has none of their classes, beans, tables and endpoints. */
    public static void assertAbsent(ApplicationContext service, int port) throws IOException, InterruptedException {
        for (String name : PACKAGES) {
            assertThat(service.getClassLoader().getResource(name.replace('.', '/')))
                    .as(name)
                    .isNull();
        }
        assertThat(Arrays.stream(service.getBeanDefinitionNames())
                        .map(service::getType)
                        .filter(type -> type != null && PACKAGES.stream().anyMatch(type.getName()::startsWith)))
                .isEmpty();
        assertThat(service.getBean(JdbcClient.class)
                        .sql("select table_name from information_schema.tables")
                        .query(String.class)
                        .list())
                .isNotEmpty()
                .doesNotContainAnyElementsOf(TABLES);
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (String path : PATHS) {
                assertThat(get(client, port, path).statusCode()).as(path).isEqualTo(404);
            }
            assertThat(get(client, port, "/v3/api-docs").body())
                    .contains("\"paths\"")
                    .doesNotContain("anti-pattern");
        }
    }

    private static HttpResponse<String> get(HttpClient client, int port, String path)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                        .build(),
                BodyHandlers.ofString());
    }
}
