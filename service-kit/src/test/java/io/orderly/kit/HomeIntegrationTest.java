package io.orderly.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.EntityExchangeResult;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HomeIntegrationTest extends KitIntegrationTest {

    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    @LocalServerPort
    int port;

    @Test
    void linksResourcesAndOperations() {
        JsonNode home = JsonMapper.shared().readTree(text(get("/", "application/json")));

        assertThat(home.at("/service").asString()).isEqualTo("kit-test");
        assertThat(hrefs(home.at("/operations")))
                .contains(
                        "/swagger-ui/index.html",
                        "/v3/api-docs",
                        "/actuator/health",
                        "/actuator/prometheus",
                        "/dead-letters",
                        "/dead-letters/{id}");
        assertThat(hrefs(home.at("/resources")))
                .contains("/test-orders?speed={speed}")
                .doesNotContain("/", "/error");
    }

    @Test
    void everyLinkCanBeFollowed() {
        JsonNode home = JsonMapper.shared().readTree(text(get("/", "application/json")));
        List<String> links = Stream.concat(
                        hrefs(home.at("/operations")).stream(), hrefs(home.at("/resources")).stream())
                .filter(href -> !href.contains("{"))
                .toList();

        assertThat(links)
                .isNotEmpty()
                .allSatisfy(href -> assertThat(get(href, "*/*").getStatus().value())
                        .as(href)
                        .isEqualTo(200));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "*/*", "application/json, text/html;q=0.5"})
    void isJsonUnlessHtmlIsPreferred(String accept) {
        assertThat(get("/", accept).getResponseHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_JSON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", BROWSER})
    void isHtmlForABrowser(String accept) {
        var page = get("/", accept);

        assertThat(MediaType.TEXT_HTML.isCompatibleWith(
                        page.getResponseHeaders().getContentType()))
                .isTrue();
        assertThat(text(page))
                .contains("<h1>kit-test</h1>", "<a href=\"/dead-letters\">", "<code>/dead-letters/{id}</code>");
    }

    @Test
    void servesSwaggerUiWithTheOpenApiDescription() {
        assertThat(text(get("/swagger-ui/index.html", BROWSER))).contains("swagger-ui-bundle.js");
        assertThat(text(get("/swagger-ui/swagger-initializer.js", "*/*"))).contains("/v3/api-docs/swagger-config");
        assertThat(get("/swagger-ui/swagger-ui-bundle.js", "*/*").getStatus().value())
                .isEqualTo(200);
        assertThat(text(get("/v3/api-docs/swagger-config", "*/*"))).contains("\"url\":\"/v3/api-docs\"");
    }

    @Test
    void servesNoOtherFiles() {
        assertThat(get("/application.yaml", "*/*").getStatus().value()).isEqualTo(404);
        assertThat(get("/swagger-ui/no-such-file.js", "*/*").getStatus().value())
                .isEqualTo(404);
    }

    private static List<String> hrefs(JsonNode links) {
        return links.valueStream().map(link -> link.get("href").asString()).toList();
    }

    private EntityExchangeResult<byte[]> get(String path, String accept) {
        return RestTestClient.bindToServer()
                .baseUrl("http://localhost:" + port)
                .build()
                .get()
                .uri(path)
                .header("Accept", accept)
                .exchange()
                .returnResult(byte[].class);
    }

    private static String text(EntityExchangeResult<byte @Nullable []> answer) {
        byte[] body = answer.getResponseBody();
        return body == null ? "" : new String(body, java.nio.charset.StandardCharsets.UTF_8);
    }
}
