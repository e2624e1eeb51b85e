package io.orderly.lab.report;

import static io.orderly.lab.report.SampleResults.SAGA;
import static io.orderly.lab.report.SampleResults.WRONG;
import static io.orderly.lab.report.SampleResults.result;
import static io.orderly.lab.report.SampleResults.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import io.orderly.backends.browser.InstalledChromium;
import io.orderly.lab.conformance.Verdict.Failed;
import io.orderly.lab.conformance.Verdict.Passed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opens reports from disk in Chromium, in a wide and in a narrow window, in dark mode and for print. */
class HtmlReportBrowserIntegrationTest {

    private static Playwright playwright;
    private static Browser browser;

    @TempDir
    private Path folder;

    private final List<String> requests = new ArrayList<>();
    private final List<String> consoleMessages = new ArrayList<>();
    private Page page;

    @BeforeAll
    static void open() {
        Optional<Path> chromium = InstalledChromium.find();
        assumeTrue(chromium.isPresent(), InstalledChromium.MISSING);
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium.orElseThrow())
                        .setArgs(List.of("--no-sandbox")));
    }

    @AfterAll
    static void close() {
        if (playwright != null) {
            playwright.close();
        }
    }

    @BeforeEach
    void load() throws Exception {
        Path file = folder.resolve("report.html");
        Files.writeString(
                file,
                HtmlReport.of(result(List.of(), run(SAGA, 1, 20, 0), run(SAGA, 2, 21, 0), run(WRONG, 1, 2, 3))),
                StandardCharsets.UTF_8);
        page = browser.newPage();
        page.onRequest(request -> requests.add(request.url()));
        page.onConsoleMessage(message -> consoleMessages.add(message.text()));
        page.onPageError(consoleMessages::add);
        page.setViewportSize(1280, 900);
        page.navigate(file.toUri().toString());
    }

    @AfterEach
    void leave() {
        page.close();
    }

    @Test
    void makesNoRequestsAndRunsNoScripts() {
        assertThat(requests).singleElement().satisfies(url -> assertThat(url).startsWith("file:"));
        assertThat(consoleMessages).isEmpty();
        assertThat(page.evaluate("window.hacked")).isNull();
        assertThat(page.locator("script").count()).isZero();
    }

    @Test
    void namesTheWinnerAtTheTopOfThePage() {
        assertThat(page.locator(".winner").first().innerText()).isEqualTo("saga wins");
        assertThat(page.locator(".winner").first().boundingBox().y).isLessThan(400);
        assertThat(page.locator("figure svg[role=img]").count()).isGreaterThanOrEqualTo(6);
        assertThat(page.locator("figure rect.band").count()).isPositive();
        assertThat(((Number)
                                page.evaluate(
                                        "Math.min(...[...document.querySelectorAll('figure path.s0')].map(p => p.getTotalLength()))"))
                        .doubleValue())
                .isGreaterThan(20);
    }

    @Test
    void fitsTheScreenOfAPhone() {
        page.setViewportSize(360, 740);
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(360);
        Number height =
                (Number) page.evaluate("document.querySelector('figure > svg text').getBoundingClientRect().height");
        assertThat(height.doubleValue())
                .as("height of the text in a chart, in pixels")
                .isGreaterThan(9);
    }

    @Test
    void aCertificateFitsTheScreenOfAPhoneAndOpensTheMessagesOfARule() throws Exception {
        Path file = folder.resolve("certificate.html");
        Files.writeString(
                file,
                HtmlReport.of(
                        CertificateReportTest.certificate(new Passed(), new Failed(CertificateReportTest.HOSTILE))),
                StandardCharsets.UTF_8);
        page.setViewportSize(360, 740);
        page.navigate(file.toUri().toString());
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(360);
        assertThat(page.evaluate("window.hacked")).isNull();
        assertThat(page.evaluate(
                        "(t => t.scrollWidth <= t.clientWidth)(document.querySelector('.scroll:has(.rules)'))"))
                .as("the rules need no scrolling")
                .isEqualTo(true);
        assertThat(page.locator(".failure .exchange tbody tr").count()).isOne();
        assertThat(page.locator("details .exchange").isVisible()).isFalse();
        page.locator("details summary").click();
        assertThat(page.locator("details .exchange").isVisible()).isTrue();
    }

    @Test
    void adaptsToDarkModeAndToPaper() {
        String light = (String) page.evaluate("getComputedStyle(document.body).backgroundColor");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        String dark = (String) page.evaluate("getComputedStyle(document.body).backgroundColor");
        assertThat(dark).isNotEqualTo(light);
        page.emulateMedia(
                new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK).setMedia(Media.PRINT));
        assertThat(page.evaluate("getComputedStyle(document.body).backgroundColor"))
                .isEqualTo("rgb(255, 255, 255)");
        assertThat(page.evaluate("getComputedStyle(document.body).color")).isEqualTo("rgb(0, 0, 0)");
        assertThat(page.pdf()).hasSizeGreaterThan(10_000);
    }
}
