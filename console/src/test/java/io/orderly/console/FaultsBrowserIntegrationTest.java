package io.orderly.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.console.order.SampleSaga;
import io.orderly.console.order.TopicRecord;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Faults in the page: injected, refused, ended, and beside what they disturb. */
class FaultsBrowserIntegrationTest extends BrowserTest {

    @Test
    void aFaultIsInjectedShownWithItsEndAndEnded() {
        show("faults?fault=slow&target=order-service-%3Ekafka");
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
        show("system");
        assertThat(page.locator("#activity .band")).hasCount(1);
        assertNothingWasExecuted();
    }

    @Test
    void aRefusedFaultSaysWhy() {
        services.answer(400, "{\"title\":\"Invalid request\",\"detail\":\"%s\"}".formatted(inJson(MARKUP)));
        show("faults?fault=crash&target=order-service");
        assertThat(page.locator("#points option").first()).hasAttribute("value", "before-batch-commit");
        page.locator("#fault-point").fill("nowhere");
        page.locator("#inject").click();

        assertThat(page.locator("#fault-result")).containsText("400 · Invalid request · " + MARKUP);
        assertThat(page.locator("#active-faults tr")).hasCount(0);
        assertNothingWasExecuted();
    }

    @Test
    void faultsStandAmongTheMessagesThatTheyDisturb() {
        Instant begun = Instant.now();
        List<TopicRecord> saga = SampleSaga.confirmed(ORDER, "ada", begun);
        console.read(saga.subList(0, 5));
        services.inject("{\"fault\":\"cut\",\"link\":\"payment-service->payment-provider\"}", begun.plusMillis(24));
        show("order/" + ORDER);

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
        }
    }
}
