package io.orderly.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderly.console.order.SampleSaga;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A page whose console goes away, which is offline, or gets more than it can show. */
class StreamBrowserIntegrationTest extends BrowserTest {

    @Test
    void theStreamResumesAfterTheConsoleWasAway() {
        console.read(SampleSaga.confirmed(ORDER, "ada", Instant.now()));
        show("orders");
        assertThat(page.locator("#order-" + ORDER)).isVisible();
        assertThat(page.locator("#connection")).containsText("live");
        int port = console.port();
        console.close();
        assertThat(page.locator("#connection")).containsText("reconnecting");
        console = new TestConsole(services.url(), port);
        console.read(SampleSaga.rejected(OTHER, "broke", Instant.now()));

        assertThat(page.locator("#order-" + OTHER)).isVisible();
        assertThat(page.locator("#order-" + ORDER)).hasCount(0);
        assertThat(page.locator("#connection")).containsText("live");
    }

    @Test
    void aPageThatWasOfflineGetsWhatItMissed() {
        show("orders");
        assertThat(page.locator("#connection")).containsText("live");
        page.context().setOffline(true);
        console.read(SampleSaga.confirmed(ORDER, "ada", Instant.now()));
        page.context().setOffline(false);
        assertThat(page.locator("#order-" + ORDER)).isVisible();
    }

    @Test
    void moreOrdersThanAPageCanShowAreCounted() {
        show("orders");
        assertThat(page.locator("#connection")).containsText("live");
        for (int i = 0; i < 200; i++) {
            console.read(SampleSaga.confirmed("01936f00-0000-7000-8000-%012d".formatted(i), "ada", Instant.now()));
        }
        assertThat(page.locator("#skipped")).containsText("events were skipped");
        assertThat((Integer) page.evaluate("document.querySelectorAll('#orders tr').length"))
                .isLessThanOrEqualTo(50);
        page.context().close();
        await().atMost(TIMEOUT).until(() -> console.openStreams() == 0);
    }
}
