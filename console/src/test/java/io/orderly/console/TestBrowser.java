package io.orderly.console;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import io.orderly.backends.browser.InstalledChromium;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.io.ClassPathResource;

/** The installed Chromium, and axe-core, which finds barriers for people with disabilities. */
final class TestBrowser implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String AXE = axe();

    private final Playwright playwright;
    private final Browser browser;

    /** What pages have reported: errors, and violations of the content security policy. */
    private final List<String> reports = new ArrayList<>();

    /** Skips the tests if there is no Chromium. */
    TestBrowser() {
        Optional<Path> chromium = InstalledChromium.find();
        assumeTrue(chromium.isPresent(), InstalledChromium.MISSING);
        PlaywrightAssertions.setDefaultAssertionTimeout(TIMEOUT.toMillis());
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium.orElseThrow())
                        .setArgs(List.of("--no-sandbox")));
    }

    private static String axe() {
        try {
            return new ClassPathResource("axe.min.js").getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Page open(int width, ColorScheme scheme) {
        return open(options(width, scheme));
    }

    /** A page that scripts of a test can be added to, and in which nothing moves. */
    Page openForAxe(int width, ColorScheme scheme) {
        return open(options(width, scheme).setBypassCSP(true).setReducedMotion(ReducedMotion.REDUCE));
    }

    Page open(Browser.NewContextOptions options) {
        Page page = browser.newContext(options).newPage();
        page.setDefaultTimeout(TIMEOUT.toMillis());
        page.onConsoleMessage(message -> reports.add(message.text()));
        page.onPageError(reports::add);
        return page;
    }

    static Browser.NewContextOptions options(int width, ColorScheme scheme) {
        return new Browser.NewContextOptions().setViewportSize(width, 900).setColorScheme(scheme);
    }

    /** What was reported since the last call, without answers of status 4xx and 5xx. */
    List<String> reports() {
        List<String> reported = reports.stream()
                .filter(message -> !message.contains("the server responded with a status of"))
                .toList();
        reports.clear();
        return reported;
    }

    /** The barriers on a page of {@link #openForAxe}. */
    static List<String> barriers(Page page) {
        page.addScriptTag(new Page.AddScriptTagOptions().setContent(AXE));
        String text = (String) page.evaluate("""
                async () => (await axe.run(document)).violations.map(violation => violation.id + ': ' + violation.help + ' '
                  + violation.nodes.slice(0, 5).map(node => node.target.join(' ') + ' ('
                    + [...node.any, ...node.all, ...node.none].map(check => check.message).join('; ') + ')').join(' | ')).join('\\n')""");
        return text.lines().map(barrier -> page.url() + ": " + barrier).toList();
    }

    @Override
    public void close() {
        playwright.close();
    }
}
