package io.orderly.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import io.orderly.backends.browser.InstalledChromium;
import io.orderly.console.audit.AuditView;
import io.orderly.console.audit.AuditView.Check;
import io.orderly.console.audit.AuditView.Verdict;
import io.orderly.console.faults.FaultsView;
import io.orderly.console.order.SampleSaga;
import io.orderly.console.order.TopicRecord;
import io.orderly.console.order.TopicRecord.Header;
import io.orderly.console.system.SystemView;
import io.orderly.contracts.MessageCodec;
import io.orderly.contracts.MessageHeaders;
import io.orderly.contracts.MessageType;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.event.OrderRejected;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;

/** The page in Chromium, with records from the test instead of a broker, and services that answer at once. */
class ConsoleBrowserIntegrationTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String MARKUP = "<img src=x onerror=\"window.hacked=1\"><script>window.hacked=1</script>";

    private static final String CONFIRMED = "01936f00-0000-7000-8000-000000000001";
    private static final String REJECTED = "01936f00-0000-7000-8000-000000000002";

    private static final List<String> PAGES = List.of(
            "orders",
            "order/" + CONFIRMED,
            "order/" + REJECTED,
            "operator",
            "system",
            "coordinator",
            "faults",
            "audit");

    /** What a page has when it shows what the console knows. */
    private static final Map<String, String> READY = Map.of(
            "orders",
            "#orders tr",
            "operator",
            "#letters tr",
            "coordinator",
            "#queues td",
            "audit",
            "#checks td",
            "system",
            "#graph svg",
            "faults",
            "#active-faults tr");

    private static StubSystem services;
    private static Playwright playwright;
    private static Browser browser;

    private final List<String> consoleMessages = new ArrayList<>();
    private TestConsole console;
    private Page page;

    @BeforeAll
    static void openBrowser() throws Exception {
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
        services = new StubSystem();
    }

    @AfterAll
    static void closeBrowser() {
        if (playwright != null) {
            playwright.close();
            services.close();
        }
    }

    @BeforeEach
    void open() {
        services.reset();
        console = new TestConsole(services.url(), 0, "--orderly.console.faults=" + services.url());
        page = newPage(1280, ColorScheme.LIGHT);
    }

    @AfterEach
    void close() {
        page.context().close();
        console.close();
    }

    private Page newPage(int width, ColorScheme scheme) {
        Page opened = browser.newContext(new Browser.NewContextOptions()
                        .setViewportSize(width, 900)
                        .setColorScheme(scheme))
                .newPage();
        opened.setDefaultTimeout(TIMEOUT.toMillis());
        opened.onConsoleMessage(message -> consoleMessages.add(message.text()));
        opened.onPageError(consoleMessages::add);
        return opened;
    }

    @Test
    void anOrderIsPlacedAndCrossesTheServices() {
        page.navigate(console.url());
        services.answer(202, "{\"id\":\"%s\",\"status\":\"PENDING\"}".formatted(CONFIRMED));
        page.locator("#place").focus();
        page.keyboard().press("Enter");
        assertThat(page).hasURL(console.url() + "/#/order/" + CONFIRMED);
        assertThat(services.posts().getLast().body()).contains("\"customer\":\"ada\"", "\"sku\":\"PENCIL-HB\"");

        List<TopicRecord> saga = SampleSaga.confirmed(CONFIRMED, "ada", Instant.now());
        console.read(saga.subList(0, 5));
        assertThat(page.locator("#messages > .message")).hasCount(5);
        assertThat(page.locator("#order-head .badge")).containsText("pending");
        assertThat(page.locator("#pivot")).hasCount(0);
        Locator third = page.locator("#message-3 summary");
        third.focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("#message-3 .headers")).containsText("io.orderly.order.saga-replies.StockReserved.v1");

        console.read(saga.subList(5, saga.size()));
        assertThat(page.locator("#order-head .badge")).containsText("confirmed");
        assertThat(page.locator("#pivot")).hasCount(1);
        assertThat(page.locator("#message-3 .headers")).isVisible();
        assertThat(page.locator("#saga-map svg"))
                .hasAttribute(
                        "aria-label",
                        Pattern.compile("Reserve stock: done; Charge: done; Schedule: done; Commit stock: done"));
        assertThat(third).isFocused();
        assertNothingWasExecuted();
    }

    @Test
    void aCompensationIsDrawnWithItsCause() {
        console.read(SampleSaga.rejected(REJECTED, "broke", Instant.now()));
        page.navigate(console.url() + "/#/order/" + REJECTED + "?by=lamport");

        assertThat(page.locator("#messages .cause")).containsText("INSUFFICIENT_FUNDS");
        assertThat(page.locator("#saga-map .arrow-line.back")).hasCount(1);
        assertThat(page.locator("#saga-map")).containsText("Release stock");
        assertThat(page.locator("#sort-lamport")).isChecked();
        assertThat(page.locator("#action-retry")).isDisabled();
        assertThat(page.locator("#action-cancel")).isDisabled();
    }

    @Test
    void aProblemOfTheServiceIsShown() {
        console.read(SampleSaga.confirmed(CONFIRMED, "ada", Instant.now()).subList(0, 3));
        services.answer(409, "{\"title\":\"Too late\",\"detail\":\"%s\"}".formatted(MARKUP.replace("\"", "\\\"")));
        page.navigate(console.url() + "/#/order/" + CONFIRMED);
        page.locator("#action-cancel").click();

        assertThat(page.locator("#action-result")).containsText("Cancel: 409 · Too late · " + MARKUP);
        assertNothingWasExecuted();
    }

    @Test
    void markupInMessagesStaysText() {
        List<TopicRecord> saga = SampleSaga.confirmed(CONFIRMED, "ada", Instant.now());
        TopicRecord charge = saga.get(4);
        console.read(saga.subList(0, 5));
        byte[] hostile = ("{\"customerId\":\"%1$s\",\"sku\":\"%1$s\"}".formatted(MARKUP.replace("\"", "\\\"")))
                .getBytes(StandardCharsets.UTF_8);
        console.read(SampleSaga.changed(charge, 901, MessageHeaders.ID, MARKUP, hostile));
        console.read(SampleSaga.changed(
                SampleSaga.changed(charge, 902, MessageHeaders.TYPE, MARKUP, hostile),
                902,
                MessageHeaders.ID,
                "t",
                hostile));
        console.read(SampleSaga.changed(
                SampleSaga.changed(charge, 903, MARKUP, MARKUP, charge.value()), 903, MessageHeaders.ID, "h", hostile));
        console.read(new TopicRecord(
                "order.events",
                0,
                904,
                Instant.now().toEpochMilli(),
                CONFIRMED,
                List.of(
                        new Header(MessageHeaders.ID, "last"),
                        new Header(MessageHeaders.SOURCE, MARKUP),
                        new Header(
                                MessageHeaders.TYPE,
                                MessageType.of(rejection(MARKUP)).name())),
                MessageCodec.encode(rejection(MARKUP))));
        console.read(new TopicRecord(
                "order.events", 0, 905, 0, MARKUP, List.of(new Header(MessageHeaders.TYPE, MARKUP)), hostile));

        page.navigate(console.url() + "/#/order/" + CONFIRMED);
        assertThat(page.locator("#order-head")).containsText(MARKUP);
        assertThat(page.locator("#messages > .message")).hasCount(9);
        page.locator("#messages summary").all().forEach(Locator::click);
        assertThat(page.locator("#messages .headers").nth(7)).containsText("onerror");
        page.navigate(console.url() + "/#/orders?customer=" + "%3Cimg%20src%3Dx%20onerror%3Dwindow.hacked%3D1%3E");
        assertThat(page.locator("#no-orders")).isVisible();
        page.locator("#strays summary").click();
        assertThat(page.locator("#strays")).containsText(MARKUP);
        page.navigate(console.url() + "/#/system");
        assertThat(page.locator("#system-tables")).containsText("<img src=x");
        page.navigate(console.url() + "/#/order/%3Cimg%20src%3Dx%20onerror%3Dwindow.hacked%3D1%3E");
        assertThat(page.locator("#order-title")).containsText("<img");
        assertNothingWasExecuted();
    }

    @Test
    void aFaultIsInjectedShownWithItsEndAndEnded() {
        page.navigate(console.url() + "/#/faults?fault=slow&target=order-service-%3Ekafka");
        assertThat(page.locator("#fault-target")).hasValue("order-service->kafka");
        assertThat(page.locator("#no-faults")).isVisible();
        page.locator("#fault-bytesPerSecond").fill("1000");
        page.locator("#fault-seconds").fill("600");
        page.locator("#inject").focus();
        page.keyboard().press("Enter");

        assertThat(page.locator("#active-faults tr")).hasCount(1);
        assertThat(page.locator("#fault-result")).containsText("slow order-service->kafka: injected.");
        assertThat(services.posts())
                .contains(new StubSystem.Request(
                        "/faults?seconds=600",
                        "null",
                        "{\"fault\":\"slow\",\"link\":\"order-service->kafka\",\"bytesPerSecond\":1000}"));
        assertThat(page.locator("#active-faults")).containsText("slow order-service->kafka (bytesPerSecond 1000)");
        assertThat(page.locator("#active-faults .ends")).hasText(Pattern.compile("in \\d+ s"));
        assertThat(page.locator("#active-faults .effect")).containsText("<img src=x");
        assertThat(page.locator("#activity .band.on")).hasCount(1);
        assertThat(page.locator("#activity svg")).hasAttribute("aria-label", Pattern.compile("slow .*, on"));

        page.locator("#active-faults button").click();
        assertThat(page.locator("#active-faults tr")).hasCount(0);
        assertThat(page.locator("#ended-faults tr")).hasCount(1);
        assertThat(page.locator("#activity .band.on")).hasCount(0);
        assertThat(page.locator("#activity .band")).hasCount(1);
        page.navigate(console.url() + "/#/system");
        assertThat(page.locator("#activity .band")).hasCount(1);
        assertNothingWasExecuted();
    }

    @Test
    void aRefusedFaultSaysWhy() {
        services.answer(
                400, "{\"title\":\"Invalid request\",\"detail\":\"%s\"}".formatted(MARKUP.replace("\"", "\\\"")));
        page.navigate(console.url() + "/#/faults?fault=crash&target=order-service");
        assertThat(page.locator("#points option").first()).hasAttribute("value", "before-batch-commit");
        page.locator("#fault-point").fill("nowhere");
        page.locator("#inject").click();

        assertThat(page.locator("#fault-result")).containsText("400 · Invalid request · " + MARKUP);
        assertThat(page.locator("#active-faults tr")).hasCount(0);
        assertNothingWasExecuted();
    }

    @Test
    void deadLettersAreReplayedInABatchAndEachResultIsShown() {
        String first = "01936f00-0000-7000-8000-0000000000b1";
        String second = "01936f00-0000-7000-8000-0000000000b2";
        services.deadLetters(CONFIRMED, first, second);
        console.read(SampleSaga.confirmed(CONFIRMED, "ada", Instant.now()));
        page.navigate(console.url() + "/#/operator");
        String row = "#letter-payment-service-";
        assertThat(page.locator(row + first)).containsText("<img src=x");
        page.locator(row + first + " input").check();
        page.locator(row + second + " input").check();
        int before = services.posts().size();
        page.locator("#replay").click();
        // who and why are missing
        assertThat(page.locator("#operator-by")).isFocused();
        assertThat(services.posts()).hasSize(before);

        services.answer(200, """
                {"letters":[{"id":"%s","outcome":"FAILED_AGAIN","cause":"<img src=x onerror=window.hacked=1>"},
                {"id":"%s","outcome":"DONE"}],"handled":1}""".formatted(first, second));
        services.deadLetters(CONFIRMED, first);
        page.locator("#operator-by").fill("ada");
        page.locator("#operator-reason").fill("the handler is mended");
        page.locator("#replay").focus();
        page.keyboard().press("Enter");

        assertThat(page.locator("#results li")).hasCount(2);
        assertThat(page.locator("#results")).containsText("failed again: <img src=x onerror=window.hacked=1>");
        assertThat(page.locator("#results li").nth(1)).containsText("done");
        assertThat(page.locator("#results li").nth(1).locator(".badge")).containsText("confirmed");
        assertThat(services.posts())
                .contains(new StubSystem.Request(
                        "/dead-letters/replay",
                        "null",
                        "{\"ids\":[\"%s\",\"%s\"],\"by\":\"ada\",\"reason\":\"the handler is mended\"}"
                                .formatted(first, second)));
        assertThat(page.locator(row + second)).hasCount(0);
        assertThat(page.locator(row + first)).isVisible();
        assertNothingWasExecuted();
    }

    @Test
    void aLetterIsDiscardedSinglyAndParkedOrdersAreRetried() {
        String letter = "01936f00-0000-7000-8000-0000000000b1";
        String parked = "01936f00-0000-7000-8000-0000000000aa";
        services.deadLetters("no order", letter);
        services.answer(503, "{\"title\":\"Unavailable\",\"detail\":\"%s\"}".formatted(MARKUP.replace("\"", "\\\"")));
        page.navigate(console.url() + "/#/operator");
        page.locator("#operator-by").fill("ada");
        page.locator("#operator-reason").fill("cannot be read");
        page.locator("#letter-order-service-" + letter + " [data-action=discard]")
                .click();
        assertThat(page.locator("#results li").first()).containsText("503 · Unavailable · " + MARKUP);

        services.answer(202, "{}");
        assertThat(page.locator("#parked-" + parked)).containsText("DEAD_LETTERED");
        page.locator("#parked-" + parked + " input").check();
        page.locator("#retry").click();
        assertThat(page.locator("#results li").last()).containsText("retry");
        assertThat(page.locator("#results li").last()).containsText("accepted");
        assertThat(services.posts().getLast().path()).isEqualTo("/sagas/" + parked + "/retry");
        assertThat(services.posts().getLast().body()).isEqualTo("{\"by\":\"ada\",\"reason\":\"cannot be read\"}");
        assertThat(consoleMessages).allMatch(message -> message.contains("the server responded with a status of 50"));
        consoleMessages.clear();
        assertNothingWasExecuted();
    }

    @Test
    void anOrderShowsWhatOperatorsDidAndAsksForWhoAndWhy() {
        console.read(SampleSaga.confirmed(CONFIRMED, "ada", Instant.now()).subList(0, 3));
        page.navigate(console.url() + "/#/order/" + CONFIRMED);
        assertThat(page.locator("#operators")).containsText("Park · bob: <img src=x");
        page.locator("#action-park").click();
        assertThat(page.locator("#order-by")).isFocused();
        page.locator("#order-by").fill("ada");
        page.locator("#order-reason").fill("to look at it");
        page.locator("#action-park").click();
        assertThat(page.locator("#action-result")).containsText("Park: accepted.");
        assertThat(services.posts().getLast().body()).isEqualTo("{\"by\":\"ada\",\"reason\":\"to look at it\"}");
        assertNothingWasExecuted();
    }

    @Test
    void theCoordinatorShowsItsLeasesElectionsAndSettings() {
        page.navigate(console.url() + "/#/coordinator");
        assertThat(page.locator("#coordinator-members")).containsText("leader");
        assertThat(page.locator("#coordinator-members")).containsText("4.2");
        assertThat(page.locator("#leases .remaining")).hasText(Pattern.compile("\\d+ of 30 s"));
        assertThat(page.locator("#leases")).containsText("<img src=x");
        assertThat(page.locator("#queues")).containsText("/partitions/order-service/leader");
        assertThat(page.locator("#queues")).containsText("77");

        Locator setting = page.locator("[id='setting-order-service-saga.longest-deadline']");
        assertThat(setting).containsText("5m");
        setting.locator("summary").focus();
        page.keyboard().press("Enter");
        assertThat(setting.locator(".history")).containsText("<img src=x onerror=window.hacked=1>: (configured) → 5m");
        services.answer(422, "{\"refused\":\"allowed is 100ms to 24h\"}");
        setting.locator(".setting-value").fill("2d");
        setting.locator(".setting-by").fill("ada");
        setting.locator("button.primary").click();
        assertThat(page.locator("#setting-result")).containsText("allowed is 100ms to 24h");
        services.answer(200, "{}");
        setting.locator("button.primary").click();
        assertThat(page.locator("#setting-result"))
                .containsText("saga.longest-deadline of the order-service: changed.");
        assertThat(services.posts().getLast())
                .isEqualTo(new StubSystem.Request(
                        "/actuator/settings/saga.longest-deadline",
                        "null",
                        "{\"value\":\"2d\",\"by\":\"ada\",\"revision\":\"34\"}"));
        setting.locator("button.reset").click();
        await().atMost(TIMEOUT)
                .until(() -> services.posts().getLast().body().equals("{\"by\":\"ada\",\"revision\":\"34\"}"));
        assertNothingWasExecuted();
    }

    @Test
    void theAuditLightIsGreenOnlyIfAllWasCheckedRecently() {
        page.clock().install();
        page.navigate(console.url() + "/#/audit");
        // no broker answers, so the messages are not those of now
        assertThat(page.locator("#checks")).containsText("Kafka does not answer");
        assertThat(page.locator("#checks")).containsText("No account has less than nothing");
        assertThat(page.locator("#checks .verdict[data-state=HOLDS]")).not().hasCount(0);
        assertThat(page.locator("#nav-audit")).hasAttribute("data-state", "UNKNOWN");

        console.show(audited(Verdict.HOLDS, 101));
        assertThat(page.locator("#nav-audit")).hasText("✓ 1 invariants hold");
        assertThat(page.locator("#nav-audit")).hasAttribute("data-state", "HOLDS");
        page.clock().fastForward(31_000);
        assertThat(page.locator("#nav-audit")).hasAttribute("data-state", "UNKNOWN");
        assertThat(page.locator("#nav-audit")).containsText("not audited for");
        console.show(audited(Verdict.VIOLATED, 102));
        assertThat(page.locator("#nav-audit")).hasText("✗ 1 violated");
        assertThat(page.locator("#nav-audit")).hasAttribute("data-state", "VIOLATED");
        assertThat(page.locator("#checks")).containsText(MARKUP);
        console.show(audited(Verdict.HOLDS, 103));
        assertThat(page.locator("#nav-audit")).hasAttribute("data-state", "HOLDS");
        console.close();
        assertThat(page.locator("#nav-audit")).hasAttribute("data-state", "UNKNOWN");
        assertThat(page.evaluate("window.hacked")).isNull();
    }

    private static SystemView audited(Verdict verdict, long runs) {
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

    @Test
    void faultsStandAmongTheMessagesThatTheyDisturb() {
        Instant begun = Instant.now();
        List<TopicRecord> saga = SampleSaga.confirmed(CONFIRMED, "ada", begun);
        console.read(saga.subList(0, 5));
        services.inject("{\"fault\":\"cut\",\"link\":\"payment-service->payment-provider\"}", begun.plusMillis(24));
        page.navigate(console.url() + "/#/order/" + CONFIRMED);

        assertThat(page.locator("#messages .fault-mark"))
                .containsText("fault begins · cut payment-service->payment-provider");
        // after the messages at 7, 14 and 21 ms
        assertThat(page.locator("#messages > li").nth(4)).hasClass(Pattern.compile("fault-mark"));
        page.locator("#sort-lamport").check();
        assertThat(page.locator("#messages .fault-mark")).hasCount(0);
    }

    @Test
    void withoutFaultInjectionThePageSaysHowToStartIt() {
        try (TestConsole plain = new TestConsole(services.url(), 0)) {
            page.navigate(plain.url() + "/#/faults");
            assertThat(page.locator("#faults-off")).containsText("./run --faults");
            assertThat(page.locator("#fault-form")).isHidden();
            page.navigate("about:blank");
        }
    }

    private static OrderRejected rejection(String detail) {
        return new OrderRejected(OrderId.of(CONFIRMED), "OUT_OF_STOCK", detail);
    }

    private void assertNothingWasExecuted() {
        assertThat(page.evaluate("window.hacked")).isNull();
        assertThat(page.locator("main img, main script").count()).isZero();
        assertThat(consoleMessages)
                .filteredOn(message -> !message.contains("the server responded with a status of "))
                .as("violations of the policy, and errors")
                .isEmpty();
    }

    @Test
    void theStreamResumesAfterTheConsoleWasAway() {
        console.read(SampleSaga.confirmed(CONFIRMED, "ada", Instant.now()));
        page.navigate(console.url() + "/#/orders");
        assertThat(page.locator("#order-" + CONFIRMED)).isVisible();
        assertThat(page.locator("#connection")).containsText("live");
        int port = console.port();
        console.close();
        assertThat(page.locator("#connection")).containsText("reconnecting");
        console = new TestConsole(services.url(), port);
        console.read(SampleSaga.rejected(REJECTED, "broke", Instant.now()));

        assertThat(page.locator("#order-" + REJECTED)).isVisible();
        assertThat(page.locator("#order-" + CONFIRMED)).hasCount(0);
        assertThat(page.locator("#connection")).containsText("live");
    }

    @Test
    void aPageThatWasOfflineGetsWhatItMissed() {
        page.navigate(console.url() + "/#/orders");
        assertThat(page.locator("#connection")).containsText("live");
        page.context().setOffline(true);
        console.read(SampleSaga.confirmed(CONFIRMED, "ada", Instant.now()));
        page.context().setOffline(false);
        assertThat(page.locator("#order-" + CONFIRMED)).isVisible();
    }

    @Test
    void moreOrdersThanAPageCanShowAreCounted() {
        page.navigate(console.url() + "/#/orders");
        assertThat(page.locator("#connection")).containsText("live");
        for (int i = 0; i < 200; i++) {
            console.read(SampleSaga.confirmed("01936f00-0000-7000-8000-%012d".formatted(i), "ada", Instant.now()));
        }
        assertThat(page.locator("#skipped")).containsText("events were skipped");
        assertThat((Integer) page.evaluate("document.querySelectorAll('#orders tr').length"))
                .isLessThanOrEqualTo(50);
    }

    private void fillPages() {
        console.read(SampleSaga.confirmed(CONFIRMED, "ada", Instant.now()));
        List<TopicRecord> rejected = SampleSaga.rejected(REJECTED, "broke", Instant.now());
        console.read(rejected);
        TopicRecord charge = rejected.get(4);
        console.read(SampleSaga.copy(charge, 900));
        console.read(SampleSaga.changed(charge, 901, MessageHeaders.ID, "again", charge.value()));
        console.read(SampleSaga.changed(charge, 902, MessageHeaders.ID, "bad", new byte[] {'{'}));
        console.read(SampleSaga.confirmed("01936f00-0000-7000-8000-000000000003", "grace", Instant.now())
                .subList(0, 6));
        services.inject("{\"fault\":\"cut\",\"link\":\"order-service->kafka\"}", Instant.now());
        services.deadLetters(REJECTED, "01936f00-0000-7000-8000-0000000000b1");
    }

    /** Writes a screenshot of each page to target/screenshots, to be looked at. */
    @Test
    void allPagesFitWideAndNarrowWindowsInLightAndDark() {
        fillPages();
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            for (int width : new int[] {1280, 390}) {
                Page opened = newPage(width, scheme);
                for (String hash : PAGES) {
                    opened.navigate(console.url() + "/#/" + hash);
                    assertThat(opened.locator("#connection")).containsText("live");
                    assertThat(opened.locator(ready(hash)).first()).isVisible();
                    String name = "%s-%d-%s.png".formatted(hash.replaceFirst("/.*0", ""), width, scheme);
                    opened.screenshot(new Page.ScreenshotOptions()
                            .setPath(Path.of("target", "screenshots", name))
                            .setFullPage(true));
                    assertThat((Integer) opened.evaluate("document.documentElement.scrollWidth"))
                            .as(name)
                            .isLessThanOrEqualTo(width);
                }
                opened.context().close();
            }
        }
        await().atMost(TIMEOUT).until(() -> console.openStreams() == 0);
    }

    /** The script of axe-core is added to each page, for which its content security policy is off. */
    @Test
    void axeFindsNoBarrierOnAnyPage() throws Exception {
        fillPages();
        String axe = new ClassPathResource("axe.min.js").getContentAsString(StandardCharsets.UTF_8);
        List<String> found = new ArrayList<>();
        for (Look look : List.of(
                new Look(1280, ColorScheme.LIGHT),
                new Look(1280, ColorScheme.DARK),
                new Look(390, ColorScheme.LIGHT))) {
            try (BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                    .setBypassCSP(true)
                    // a row that is still fading in has little contrast
                    .setReducedMotion(ReducedMotion.REDUCE)
                    .setViewportSize(look.width(), 900)
                    .setColorScheme(look.scheme()))) {
                context.setDefaultTimeout(TIMEOUT.toMillis());
                for (String hash : PAGES) {
                    Page opened = context.newPage();
                    opened.navigate(console.url() + "/#/" + hash);
                    assertThat(opened.locator(ready(hash)).first()).isVisible();
                    opened.addScriptTag(new Page.AddScriptTagOptions().setContent(axe));
                    found.addAll(barriers(opened, hash + " " + look));
                    if (found.isEmpty() && hash.equals(PAGES.getFirst())) {
                        opened.evaluate("document.querySelector('main').append(document.createElement('img'))");
                        assertThat(barriers(opened, "with an image without a text"))
                                .as("axe is able to find a barrier")
                                .anyMatch(barrier -> barrier.contains("image-alt"));
                    }
                    opened.close();
                }
            }
        }
        assertThat(found).isEmpty();
    }

    private record Look(int width, ColorScheme scheme) {}

    private static List<String> barriers(Page opened, String where) {
        String text = (String) opened.evaluate("""
                async () => (await axe.run(document)).violations.map(violation => violation.id + ': ' + violation.help + ' '
                  + violation.nodes.slice(0, 5).map(node => node.target.join(' ') + ' ('
                    + [...node.any, ...node.all, ...node.none].map(check => check.message).join('; ') + ')').join(' | ')).join('\\n')""");
        return text.lines().map(barrier -> where + ": " + barrier).toList();
    }

    private static String ready(String hash) {
        return hash.startsWith("order/") ? ".message" : READY.get(hash);
    }
}
