package io.orderly.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.console.order.SampleSaga;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What operators do in the page. */
class OperatorBrowserIntegrationTest extends BrowserTest {

    @Test
    void deadLettersAreReplayedInABatchAndEachResultIsShown() {
        String first = "01936f00-0000-7000-8000-0000000000b1";
        String second = "01936f00-0000-7000-8000-0000000000b2";
        services.deadLetters(ORDER, first, second);
        console.read(SampleSaga.confirmed(ORDER, "ada", Instant.now()));
        show("operator");
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
        services.deadLetters(ORDER, first);
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
        services.answer(503, "{\"title\":\"Unavailable\",\"detail\":\"%s\"}".formatted(inJson(MARKUP)));
        show("operator");
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
        assertNothingWasExecuted();
    }

    @Test
    void anOrderShowsWhatOperatorsDidAndAsksForWhoAndWhy() {
        console.read(SampleSaga.confirmed(ORDER, "ada", Instant.now()).subList(0, 3));
        show("order/" + ORDER);
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
}
