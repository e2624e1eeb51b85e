package io.orderly.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The pages of the lessons in Chromium, on a stub of the system that faults affect. */
class LessonsBrowserIntegrationTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @RegisterExtension
    static final TestBrowser browser = new TestBrowser();

    private LivingSystem system;
    private TestConsole console;

    @BeforeEach
    void start() throws Exception {
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
        console.close();
        system.close();
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
    void thePagesFitAndAxeFindsNoBarrier() {
        Page page = navigate(Barriers.open(browser), "lessons/3");
        page.locator("#prediction input").first().check();
        page.locator("#start-lesson").click();
        assertThat(page.locator("#lesson-state")).hasAttribute("data-state", "HELD");
        List<String> found = new ArrayList<>(Barriers.find(page, "lesson-held"));
        navigate(page, "lessons/1");
        assertThat(page.locator("#lesson-steps li").first()).isVisible();
        found.addAll(Barriers.find(page, "lesson"));
        navigate(page, "lessons");
        assertThat(page.locator("#lessons td").first()).isVisible();
        found.addAll(Barriers.find(page, "lessons"));
        assertThat(found).isEmpty();
    }

    private Page open(String hash) {
        return navigate(browser.open(1280, ColorScheme.LIGHT), hash);
    }

    private Page navigate(Page page, String hash) {
        page.navigate(console.url() + "/#/" + hash);
        return page;
    }
}
