package io.orderly.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.orderly.console.audit.AuditView;
import io.orderly.console.audit.AuditView.Check;
import io.orderly.console.audit.AuditView.Verdict;
import io.orderly.console.faults.FaultsView;
import io.orderly.console.system.SystemView;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page in Chromium, of a console that gets records from the test instead of a broker, with services that answer at once. */
abstract class BrowserTest {

    static final Duration TIMEOUT = Duration.ofSeconds(60);
    static final String MARKUP = "<img src=x onerror=\"window.hacked=1\"><script>window.hacked=1</script>";
    static final String ORDER = "01936f00-0000-7000-8000-000000000001";
    static final String OTHER = "01936f00-0000-7000-8000-000000000002";

    @RegisterExtension
    static final TestBrowser browser = new TestBrowser();

    StubSystem services;
    TestConsole console;
    Page page;

    @BeforeEach
    void open() throws IOException {
        services = new StubSystem();
        console = new TestConsole(
                services.url(),
                0,
                "--orderly.console.faults=" + services.url(),
                "--orderly.console.trace-url=http://127.0.0.1:1/trace/{traceId}");
        page = browser.open(1280, ColorScheme.LIGHT);
    }

    @AfterEach
    void close() {
        console.close();
        services.close();
    }

    void show(String view) {
        page.navigate(console.url() + "/#/" + view);
    }

    /** The system with one invariant, whose check says {@link #MARKUP}. */
    static SystemView audited(Verdict verdict, long runs) {
        return new SystemView(
                List.of(),
                null,
                List.of(),
                List.of(),
                null,
                true,
                List.of(),
                List.of(),
                FaultsView.OFF,
                new AuditView(verdict, 1, runs, List.of(new Check("An order ends once", verdict, 7, MARKUP))));
    }

    static String inJson(String text) {
        return text.replace("\"", "\\\"");
    }

    /** No markup of a message became an element, and the page reported neither an error nor a violation of its policy. */
    void assertNothingWasExecuted() {
        assertThat(page.evaluate("window.hacked")).isNull();
        assertThat(page.locator("main img, main script")).hasCount(0);
        assertThat(browser.reports()).isEmpty();
    }
}
