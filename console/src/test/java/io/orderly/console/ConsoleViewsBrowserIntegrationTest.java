package io.orderly.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.orderly.console.audit.AuditView;
import io.orderly.console.faults.FaultsView;
import io.orderly.console.order.SampleSaga;
import io.orderly.console.order.TopicRecord;
import io.orderly.console.system.SystemView;
import io.orderly.console.system.SystemView.Gauges;
import io.orderly.console.system.SystemView.ServiceState;
import io.orderly.console.topics.ConsumerLag;
import io.orderly.contracts.MessageHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Views of the page beside those of {@link ConsoleBrowserIntegrationTest}, in Chromium, with services that answer at once. */
class ConsoleViewsBrowserIntegrationTest {

    private static final String MARKUP = "<img src=x onerror=window.hacked=1>";
    private static final String OTHER = "01936f00-0000-7000-8000-000000000002";
    private static final String ORDER = "01936f00-0000-7000-8000-000000000001";

    private static TestBrowser browser;
    private static StubSystem services;

    private TestConsole console;
    private Page page;

    @BeforeAll
    static void openBrowser() throws Exception {
        browser = new TestBrowser();
        services = new StubSystem();
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.close();
            services.close();
        }
    }

    @BeforeEach
    void open() {
        services.reset();
        console = new TestConsole(services.url(), 0, "--orderly.console.faults=" + services.url());
        page = browser.open(1280, ColorScheme.LIGHT);
    }

    @AfterEach
    void close() {
        page.context().close();
        console.close();
    }

    @Test
    void theGraphShowsLagOutboxAndBreakerAndWhatItDoesNotKnow() {
        page.navigate(console.url() + "/#/system");
        // no broker answers
        assertThat(page.locator("#graph")).containsText("lag ? · outbox 1.2K");
        assertThat(page.locator("#graph .edge[data-breaker]")).hasAttribute("data-breaker", "half open");
        assertThat(page.locator("#graph")).containsText("provider");
        assertThat(page.locator("#system-tables")).containsText("1,234");
        assertThat(page.locator("#system-tables")).containsText("order.saga-replies");
        assertThat(page.locator("#graph svg"))
                .hasAttribute("aria-label", Pattern.compile("payment-service UP lag unknown outbox 1\\.2K"));

        console.show(system(new Gauges(0L, 0L, "open"), 41L));
        assertThat(page.locator("#graph")).containsText("lag 41 · outbox 0");
        assertThat(page.locator("#graph .edge[data-breaker]")).hasAttribute("data-breaker", "open");
        console.show(system(new Gauges(null, null, null), null));
        assertThat(page.locator("#graph")).containsText("lag ? · outbox ?");
        assertThat(page.locator("#graph .edge[data-breaker]")).hasAttribute("data-breaker", "unknown");
        assertThat(page.locator("#system-tables td .state-word[data-state=UNKNOWN]"))
                .not()
                .hasCount(0);
        assertThat(browser.reports()).isEmpty();
    }

    @Test
    void anOrderCountsDownToItsDeadline() {
        console.read(SampleSaga.confirmed(ORDER, "ada", Instant.now()).subList(0, 5));
        page.clock().install();
        services.saga("{\"phase\":\"FORWARD\",\"awaiting\":\"<img src=x>\",\"attempt\":2,\"deadline\":\"%s\"}"
                .formatted(Instant.now().plusSeconds(1_000)));
        page.navigate(console.url() + "/#/order/" + ORDER);
        page.clock().runFor(3_000);
        assertThat(page.locator("#awaited"))
                .hasText(Pattern.compile(
                        "Waits for the reply to “<img src=x>”, attempt 2 · (9\\d\\d|1000) s until its deadline"));

        services.saga("{\"phase\":\"PARKED\",\"awaiting\":\"CHARGE_PAYMENT\",\"attempt\":2}");
        page.clock().runFor(3_000);
        assertThat(page.locator("#awaited")).containsText("Parked at “charge payment”, without a deadline");
        services.saga("null");
        page.clock().runFor(3_000);
        assertThat(page.locator("#awaited")).containsText("does not say what the saga waits for");
        console.read(SampleSaga.confirmed(ORDER, "ada", Instant.now()));
        assertThat(page.locator("#order-head .badge")).containsText("confirmed");
        page.clock().runFor(1_000);
        assertThat(page.locator("#awaited")).isHidden();
        assertThat(browser.reports()).isEmpty();
    }

    @Test
    void theRequestsOfAnOrderAreShownAsCurl() {
        console.read(SampleSaga.confirmed(ORDER, "ada", Instant.now()).subList(0, 5));
        page.navigate(console.url() + "/#/order/" + ORDER);
        page.locator("#order-curl summary").click();
        page.locator("#order-by").fill("o'hara");
        page.locator("#order-reason").fill("$(reboot) `x` <img src=x onerror=window.hacked=1>");
        assertThat(page.locator("#order-curl pre")).hasCount(4);
        assertThat(page.locator("#order-curl pre").nth(1)).containsText("curl -X POST '" + console.url());
        assertThat(page.locator("#order-curl pre").nth(1)).containsText("/api/orders/" + ORDER + "/park' \\");
        assertThat(page.locator("#order-curl pre").nth(1))
                .containsText("-d '{\"by\":\"o'\\''hara\",\"reason\":\"$(reboot) `x` <img");
        String shown = page.locator("#order-curl pre").nth(1).textContent();
        page.locator("#action-park").click();
        assertThat(page.locator("#action-result")).containsText("Park: accepted.");
        assertThat(shown)
                .as("the page sends what it shows")
                .contains("Idempotency-Key: " + services.posts().getLast().key());
        page.locator("#order-curl button").nth(1).click();
        assertThat(page.locator("#order-curl [role=status]").nth(1)).hasText(Pattern.compile("Copied\\.|Selected\\."));

        page.navigate(console.url() + "/#/orders");
        page.locator("#place-curl summary").click();
        page.locator("#customer").fill("grace");
        assertThat(page.locator("#place-curl pre")).containsText("\"customer\":\"grace\"");
        assertThat(browser.reports()).isEmpty();
    }

    @Test
    void theRecorderShowsAndPlaysWhatWas(@TempDir Path folder) throws Exception {
        Instant begun = Instant.now().truncatedTo(ChronoUnit.MILLIS).minusSeconds(300);
        console.read(SampleSaga.confirmed(ORDER, "ada", begun));
        Instant later = begun.plusSeconds(200);
        console.read(SampleSaga.rejected(OTHER, "broke", later));
        services.inject("{\"fault\":\"cut\",\"link\":\"order-service->kafka\"}", begun.plusSeconds(100));
        page.navigate(console.url() + "/#/faults");
        assertThat(page.locator("#active-faults tr")).hasCount(1);

        page.navigate(console.url() + "/#/recorder?speed=10&at=" + begun.plusMillis(30));
        assertThat(page.locator("#recorded-orders tr")).hasCount(1);
        assertThat(page.locator("#recorded-orders .badge")).containsText("pending");
        assertThat(page.locator("#recorded-messages li")).hasCount(4);
        assertThat(page.locator("#graph [data-edge^='ORDER']")).containsText("→ 0.6/s  ← 0.2/s");
        assertThat(page.locator("#recorder-chart .band")).hasCount(0);
        assertThat(page.locator("#speed")).hasValue("10");

        page.locator("#at").focus();
        page.keyboard().press("ArrowRight");
        page.keyboard().press("ArrowRight");
        assertThat(page.locator("#recorded-orders .badge")).containsText("confirmed");
        assertThat(page).hasURL(Pattern.compile("at=.*&speed=10"));
        page.keyboard().press("End");
        assertThat(page.locator("#recorded-orders tr")).hasCount(2);
        assertThat(page.locator("#recorder-chart .band.on")).hasCount(1);
        assertThat(page.locator("#graph .edge.faulty")).hasCount(1);

        page.navigate(console.url() + "/#/recorder?speed=10&at=" + later.minusSeconds(3));
        assertThat(page.locator("#recorded-orders tr")).hasCount(1);
        page.locator("#play").click();
        assertThat(page.locator("#recorded-orders tr")).hasCount(2);
        assertThat(page.locator("#recorded-orders")).containsText("rejected");
        page.locator("#play").click();
        assertThat(page.locator("#play")).hasText("Play");
        assertThat(page).not().hasURL(Pattern.compile(".*at=" + later.minusSeconds(3) + ".*"));

        Download download = page.waitForDownload(() -> page.locator("#export").click());
        download.saveAs(folder.resolve("recording.html"));
        Page file = openWithoutScriptsAndNetwork(folder.resolve("recording.html"));
        assertThat(file.locator("body")).containsText(ORDER);
        file.context().close();
        assertThat(browser.reports()).isEmpty();
    }

    @Test
    void aTimeThatIsNotRecordedIsSaid() {
        page.navigate(console.url() + "/#/recorder?at=2020-01-01T00:00:00Z&speed=%3Cimg%3E");
        assertThat(page.locator("#recorder-notice")).containsText("The time of the address is not in the recording.");
        assertThat(page.locator("#speed")).hasValue("1");
        page.navigate(console.url() + "/#/recorder?at=%3Cimg%3E");
        assertThat(page.locator("#recorded-count")).containsText("0 orders");
        assertThat(browser.reports()).isEmpty();
    }

    /** With a customer, a SKU and a header that are markup. */
    @Test
    void aFileOfAnOrderIsReadWithoutScriptsAndRunsNone(@TempDir Path folder) {
        List<TopicRecord> saga = SampleSaga.confirmed(ORDER, "ada", Instant.now());
        console.read(saga);
        byte[] hostile =
                ("{\"customerId\":\"%1$s\",\"sku\":\"%1$s\"}".formatted(MARKUP)).getBytes(StandardCharsets.UTF_8);
        console.read(SampleSaga.changed(
                SampleSaga.changed(saga.get(4), 901, MARKUP, MARKUP, hostile),
                901,
                MessageHeaders.ID,
                MARKUP,
                hostile));
        page.navigate(console.url() + "/#/order/" + ORDER);
        Download download =
                page.waitForDownload(() -> page.locator("#order-export").click());
        assertThat(download.suggestedFilename()).isEqualTo("order-" + ORDER + ".html");
        Path saved = folder.resolve("order.html");
        download.saveAs(saved);

        Page file = openWithoutScriptsAndNetwork(saved);
        assertThat(file.locator("h1")).containsText(ORDER);
        assertThat(file.locator("body")).containsText("CONFIRMED");
        file.locator("summary").all().forEach(Locator::click);
        assertThat(file.locator("body")).containsText("\"sku\":\"" + MARKUP);
        assertThat(file.locator("body")).containsText(MARKUP + ": " + MARKUP);
        assertThat(file.locator("img, script")).hasCount(0);
        file.context().close();
        Page withScripts = browser.open(1280, ColorScheme.DARK);
        withScripts.navigate(saved.toUri().toString());
        assertThat(withScripts.locator("img, script")).hasCount(0);
        assertThat(withScripts.evaluate("window.hacked")).isNull();
        withScripts.context().close();
        assertThat(browser.reports()).isEmpty();
    }

    private static Page openWithoutScriptsAndNetwork(Path file) {
        Page opened = browser.open(TestBrowser.options(1280, ColorScheme.LIGHT)
                .setJavaScriptEnabled(false)
                .setOffline(true));
        opened.navigate(file.toUri().toString());
        return opened;
    }

    @Test
    void anOrderIsPlacedInTwoWaysBesideEachOther() {
        page.navigate(console.url() + "/#/side-by-side?arm=in-memory-compensation");
        assertThat(page.locator("#arm-lane h3")).hasText("Compensation in memory");
        assertThat(page.locator("#in-doubt"))
                .containsText("1 transactions in doubt, of all orders: 1 prepared branches, 2 locks, 3 sessions wait.");
        assertThat(page.locator("#in-doubt")).containsText("No answer: <img src=x");
        page.locator("#arm").selectOption("distributed-transaction");
        assertThat(page).hasURL(Pattern.compile("arm=distributed-transaction"));
        assertThat(page.locator("#arm-lane h3")).hasText("Two-phase commit");

        console.read(SampleSaga.confirmed(ORDER, "ada", Instant.now()));
        services.answer(201, "{\"id\":\"%s\",\"status\":\"CONFIRMED\"}".formatted(ORDER));
        page.locator("#place-both").focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("#arm-lane .answer")).hasText(Pattern.compile("Answer after \\d+ ms: 201 CONFIRMED"));
        assertThat(page.locator("#saga-lane .badge")).containsText("confirmed");
        assertThat(page.locator("#saga-lane .messages")).containsText("ChargePayment · order → payment");
        assertThat(page.locator("#arm-lane .effects")).containsText("shipment: <img src=x>");
        assertThat(services.posts())
                .extracting(StubSystem.Request::path)
                .contains("/orders", "/anti-patterns/distributed-transaction/orders");

        services.answer(503, "{\"title\":\"Unavailable\",\"detail\":\"%s\"}".formatted(MARKUP));
        page.locator("#place-both").click();
        assertThat(page.locator("#arm-lane .answer.problem")).containsText("503 · Unavailable · " + MARKUP);
        assertThat(page.locator("#arm-lane .effects li")).hasCount(0);
        assertThat(page.evaluate("window.hacked")).isNull();
        assertThat(browser.reports()).isEmpty();
    }

    @Test
    void withoutAntiPatternsThePageSaysHowToGetThem() {
        services.onlyPatterns();
        page.navigate(console.url() + "/#/side-by-side");
        assertThat(page.locator("#patterns-only")).containsText("without --only-patterns");
        assertThat(browser.reports()).isEmpty();
    }

    private void fill() {
        Instant begun = Instant.now().minusSeconds(200);
        console.read(SampleSaga.confirmed(ORDER, "ada", begun));
        console.read(SampleSaga.rejected(OTHER, "broke", begun.plusSeconds(100)));
        console.read(SampleSaga.confirmed("01936f00-0000-7000-8000-000000000003", "grace", begun.plusSeconds(180))
                .subList(0, 5));
        services.saga("{\"phase\":\"FORWARD\",\"awaiting\":\"CHARGE_PAYMENT\",\"attempt\":2,\"deadline\":\"%s\"}"
                .formatted(Instant.now().plusSeconds(1_000)));
        services.inject("{\"fault\":\"cut\",\"link\":\"order-service->kafka\"}", begun.plusSeconds(50));
        services.answer(201, "{\"id\":\"%s\",\"status\":\"CONFIRMED\"}".formatted(ORDER));
    }

    /** Opens each view with something in it. */
    private void visit(Page opened, Consumer<String> look) {
        opened.navigate(console.url() + "/#/system");
        assertThat(opened.locator("#graph")).containsText("1.2K");
        assertThat(opened.locator("#graph .faulty")).hasCount(1);
        look.accept("system");
        opened.navigate(console.url() + "/#/recorder");
        assertThat(opened.locator("#recorded-orders tr")).hasCount(3);
        look.accept("recorder");
        opened.navigate(console.url() + "/#/side-by-side");
        opened.locator("#place-both").click();
        assertThat(opened.locator("#arm-lane .effects li")).hasCount(3);
        look.accept("side-by-side");
        opened.navigate(console.url() + "/#/order/01936f00-0000-7000-8000-000000000003");
        opened.locator("#order-curl summary").click();
        assertThat(opened.locator("#awaited")).containsText("until its deadline");
        look.accept("order-curl");
        opened.navigate(console.url() + "/#/orders");
        opened.locator("#place-curl summary").click();
        assertThat(opened.locator("#place-curl pre")).isVisible();
        look.accept("orders-curl");
    }

    /** Writes a screenshot of each view to target/screenshots, to be looked at. */
    @Test
    void theViewsFitWideAndNarrowWindowsInLightAndDark() {
        fill();
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            for (int width : new int[] {1280, 390}) {
                Page opened = browser.open(width, scheme);
                visit(opened, name -> {
                    String file = "%s-%d-%s.png".formatted(name, width, scheme);
                    opened.screenshot(new Page.ScreenshotOptions()
                            .setPath(Path.of("target", "screenshots", file))
                            .setFullPage(true));
                    assertThat((Integer) opened.evaluate("document.documentElement.scrollWidth"))
                            .as(file)
                            .isLessThanOrEqualTo(width);
                });
                opened.context().close();
            }
        }
    }

    @Test
    void axeFindsNoBarrierInTheViews() {
        fill();
        List<String> found = new ArrayList<>();
        for (int width : new int[] {1280, 390}) {
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                Page opened = browser.openForAxe(width, scheme);
                visit(opened, _ -> found.addAll(TestBrowser.barriers(opened)));
                opened.evaluate("document.querySelector('main').append(document.createElement('img'))");
                assertThat(TestBrowser.barriers(opened))
                        .as("axe is able to find a barrier")
                        .anyMatch(barrier -> barrier.contains("image-alt"));
                opened.context().close();
            }
        }
        assertThat(found).isEmpty();
    }

    private static SystemView system(Gauges gauges, @Nullable Long lag) {
        return new SystemView(
                List.of(new ServiceState("payment-service", "http://127.0.0.1:1", "UP", "", gauges)),
                new ServiceState("payment-provider", "http://127.0.0.1:1", "AWAY", "refused", gauges),
                List.of(),
                List.of(),
                null,
                true,
                List.of(),
                List.of(new ConsumerLag("payment-service", "payment.commands", lag)),
                FaultsView.OFF,
                AuditView.NONE);
    }
}
