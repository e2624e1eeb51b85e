package io.orderly.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes the screenshots of the README from a system that runs, as {@code ./run --faults} starts it. It is not among the tests; CONTRIBUTING.md has the
 * command.
 */
@EnabledIfSystemProperty(named = "orderly.console", matches = "http.*")
class ReadmeScreenshots {

    @RegisterExtension
    static final TestBrowser browser = new TestBrowser();

    private static final Path FOLDER = Path.of("..", "docs", "images");
    private static final long MAX_BYTES = 200 << 10;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String console = System.getProperty("orderly.console", "");

    @Test
    void take() throws Exception {
        Files.createDirectories(FOLDER);
        Page page = browser.open(new Browser.NewContextOptions()
                .setViewportSize(1200, 860)
                .setReducedMotion(ReducedMotion.NO_PREFERENCE)
                .setColorScheme(ColorScheme.LIGHT));

        change("{\"by\":\"screenshots\",\"value\":\"3s\"}");
        try {
            post("/api/faults?seconds=8", "{\"fault\":\"cut\",\"link\":\"payment-service->payment-provider\"}");
            page.navigate(console + "/#/order/" + place());
            assertThat(page.locator("#order-head .badge")).containsText("rejected");
            assertThat(page.locator("#messages .fault-mark")).not().hasCount(0);
            take(page, "compensated-order.png");
        } finally {
            change("{\"by\":\"screenshots\"}");
        }

        page.setViewportSize(1200, 520); // the graph without what is below it
        page.navigate(console + "/#/system");
        assertThat(page.locator("#graph svg")).isVisible();
        for (int i = 0; i < 10; i++) {
            place();
        }
        assertThat(page.locator("#graph .dots circle").first()).isVisible();
        take(page, "system-graph.png");
    }

    private static void take(Page page, String name) throws IOException {
        page.screenshot(new Page.ScreenshotOptions().setPath(FOLDER.resolve(name)));
        assertThat(Files.size(FOLDER.resolve(name))).as(name).isLessThanOrEqualTo(MAX_BYTES);
    }

    /** @return the id of an order of a pencil */
    private String place() throws IOException, InterruptedException {
        String answer = post("/api/orders", """
                {"customer": "ada", "lines": [{"sku": "PENCIL-HB", "quantity": 1}],
                 "address": {"name": "Ada", "street": "Lindenstr. 5", "city": "Berlin", "postalCode": "10969", "country": "DE"}}""");
        return JsonMapper.shared().readTree(answer).path("id").asString();
    }

    private void change(String deadline) throws IOException, InterruptedException {
        post("/api/services/order-service/settings/saga.deadline.charge-payment", deadline);
    }

    private String post(String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(URI.create(console + path))
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", UUID.randomUUID().toString())
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
        return answer.body();
    }
}
