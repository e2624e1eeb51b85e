package io.orderly.console;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.orderly.backends.browser.InstalledChromium;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * The installed Chromium. All test classes share the process; each page has a profile of its own and is closed after its test. Without a Chromium the
 * tests are skipped.
 */
final class TestBrowser implements BeforeAllCallback, AfterEachCallback {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /** What pages have reported: errors, and violations of the content security policy. */
    private final List<String> reports = new ArrayList<>();

    private @Nullable Browser browser;

    /** The process, which JUnit closes after the last test. */
    private record Chromium(Playwright playwright, Browser browser) implements AutoCloseable {

        static Chromium launch() {
            Optional<Path> chromium = InstalledChromium.find();
            assumeTrue(chromium.isPresent(), InstalledChromium.MISSING);
            PlaywrightAssertions.setDefaultAssertionTimeout(TIMEOUT.toMillis());
            Playwright playwright = Playwright.create(
                    new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            return new Chromium(
                    playwright,
                    playwright
                            .chromium()
                            .launch(new BrowserType.LaunchOptions()
                                    .setExecutablePath(chromium.orElseThrow())
                                    .setArgs(List.of("--no-sandbox"))));
        }

        @Override
        public void close() {
            playwright.close();
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        browser = context.getRoot()
                .getStore(Namespace.GLOBAL)
                .computeIfAbsent(Chromium.class, _ -> Chromium.launch(), Chromium.class)
                .browser();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        browser().contexts().forEach(BrowserContext::close);
        reports.clear();
    }

    private Browser browser() {
        return Objects.requireNonNull(browser, "before the tests");
    }

    Page open(int width, ColorScheme scheme) {
        return open(options(width, scheme));
    }

    Page open(Browser.NewContextOptions options) {
        Page page = browser().newContext(options).newPage();
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
}
