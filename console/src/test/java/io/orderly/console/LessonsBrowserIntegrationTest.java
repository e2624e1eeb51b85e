package io.orderly.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The pages of the lessons in Chromium, on a stub of the system that faults affect. */
class LessonsBrowserIntegrationTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private TestBrowser browser;
    private LivingSystem system;
    private TestConsole console;

    @BeforeEach
    void start() throws Exception {
        browser = new TestBrowser();
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
        if (browser != null) {
            browser.close();
            console.close();
            system.close();
        }
    }

    @Test
    void aLessonIsRunByTheKeyboardAndExplainsWhatHappened() {
        Page page = open("lessons");
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
        assertThat(browser.reports()).isEmpty();
    }

    @Test
    void aLessonThatIsLeftGoesOnAndCanBeStopped() {
        Page page = open("lessons/1");
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
        Page first = open("lessons/3");
        first.locator("#prediction input").first().check();
        first.locator("#start-lesson").click();
        assertThat(first.locator("#lesson-state")).hasAttribute("data-state", "HELD");
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            for (int width : new int[] {1280, 390}) {
                for (String hash : List.of("lessons", "lessons/1", "lessons/3")) {
                    Page page = navigate(browser.openForAxe(width, scheme), hash);
                    assertThat(page.locator(hash.equals("lessons") ? "#lessons td" : "#lesson-steps li")
                                    .first())
                            .isVisible();
                    assertThat(TestBrowser.barriers(page))
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
                    page.context().close();
                }
            }
        }
    }

    private Page open(String hash) {
        return navigate(browser.open(1280, ColorScheme.LIGHT), hash);
    }

    private Page navigate(Page page, String hash) {
        page.navigate(console.url() + "/#/" + hash);
        return page;
    }
}
