package io.orderly.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import io.orderly.backends.browser.InstalledChromium;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;

/** The pages of the lessons in Chromium, on a stub of the system that faults affect. */
class LessonsBrowserIntegrationTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final List<String> errors = new ArrayList<>();
    private LivingSystem system;
    private TestConsole console;
    private Playwright playwright;
    private Browser browser;

    @BeforeEach
    void start() throws Exception {
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
        system = new LivingSystem();
        console = new TestConsole(
                system.url(),
                0,
                "--orderly.console.faults=" + system.url(),
                "--orderly.console.coordinators=" + system.coordinators());
        system.sendTo(console);
    }

    @AfterEach
    void stop() {
        if (playwright != null) {
            playwright.close();
            console.close();
            system.close();
        }
    }

    @Test
    void aLessonIsRunByTheKeyboardAndExplainsWhatHappened() {
        Page page = open(browser.newContext(), "lessons");
        assertThat(page.locator("#lessons tbody tr")).hasCount(10);
        page.locator("#lessons a").nth(2).focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("#lesson-title")).hasText("3. The order was placed twice");
        assertThat(page.locator("#outcome")).isHidden();
        page.locator("#prediction input").first().focus();
        page.keyboard().press("ArrowDown");
        page.keyboard().press("Enter");

        assertThat(page.locator("#lesson-state")).hasAttribute("data-state", "HELD");
        assertThat(page.locator("#lesson-steps [data-state=DONE]")).hasCount(7);
        assertThat(page.locator("#verdict"))
                .containsText("It was: One; the second request gets the answer of the first one.");
        assertThat(page.locator("#explanation")).containsText("There is 1 event OrderPlaced");
        assertThat(page.locator("#outcome code")).hasText("docs/patterns/idempotent-receiver.md");
        page.locator("#outcome a").first().click();
        assertThat(page.locator("#order-head .badge")).containsText("confirmed");
        assertThat(errors).isEmpty();
    }

    @Test
    void aLessonThatIsLeftGoesOnAndCanBeStopped() {
        Page page = open(browser.newContext(), "lessons/1");
        page.locator("#prediction input").nth(1).check();
        page.locator("#start-lesson").click();
        assertThat(page.locator("#lesson-steps [data-state=NOW]")).hasCount(1);
        await().atMost(TIMEOUT).until(() -> !system.faults().isEmpty());
        page.navigate(console.url() + "/#/lessons/2");
        page.locator("#prediction input").first().check();
        page.locator("#start-lesson").click();
        assertThat(page.locator("#lesson-result")).containsText("A lesson is running");

        page.navigate(console.url() + "/#/lessons/1");
        assertThat(page.locator("#prediction input").nth(1)).isChecked();
        assertThat(page.locator("#start-lesson")).isDisabled();
        page.locator("#stop-lesson").click();
        assertThat(page.locator("#lesson-state")).hasAttribute("data-state", Pattern.compile("STOPPED|HELD"));
        assertThat(system.faults()).isEmpty();
    }

    @Test
    void axeFindsNoBarrierAndThePagesFit() throws Exception {
        Page first = open(browser.newContext(), "lessons/3");
        first.locator("#prediction input").first().check();
        first.locator("#start-lesson").click();
        assertThat(first.locator("#lesson-state")).hasAttribute("data-state", "HELD");
        String axe = new ClassPathResource("axe.min.js").getContentAsString(StandardCharsets.UTF_8);
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            for (int width : new int[] {1280, 390}) {
                try (BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                        .setBypassCSP(true)
                        .setReducedMotion(ReducedMotion.REDUCE)
                        .setViewportSize(width, 900)
                        .setColorScheme(scheme))) {
                    for (String hash : List.of("lessons", "lessons/1", "lessons/3")) {
                        Page page = open(context, hash);
                        assertThat(page.locator(hash.equals("lessons") ? "#lessons td" : "#lesson-steps li")
                                        .first())
                                .isVisible();
                        page.addScriptTag(new Page.AddScriptTagOptions().setContent(axe));
                        assertThat(
                                        (String)
                                                page.evaluate(
                                                        "async () => (await axe.run(document)).violations.map(each => each.id + ': ' + each.help"
                                                                + " + ' ' + each.nodes.map(node => node.target.join(' ')).join(' | ')).join('\\n')"))
                                .as("%s %d %s", hash, width, scheme)
                                .isEmpty();
                        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                                .as("%s %d %s", hash, width, scheme)
                                .isLessThanOrEqualTo(width);
                        page.screenshot(new Page.ScreenshotOptions()
                                .setPath(Path.of(
                                        "target",
                                        "screenshots",
                                        "%s-%d-%s.png".formatted(hash.replace('/', '-'), width, scheme)))
                                .setFullPage(true));
                    }
                }
            }
        }
    }

    private Page open(BrowserContext context, String hash) {
        Page page = context.newPage();
        page.setDefaultTimeout(TIMEOUT.toMillis());
        page.onConsoleMessage(message -> errors.add(message.text()));
        page.onPageError(errors::add);
        page.navigate(console.url() + "/#/" + hash);
        return page;
    }
}
