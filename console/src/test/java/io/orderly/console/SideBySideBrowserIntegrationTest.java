package io.orderly.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.console.audit.AuditView.Verdict;
import io.orderly.console.order.SampleSaga;
import io.orderly.console.order.TopicRecord;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** An order through the saga, beside the same one through an anti-pattern. */
class SideBySideBrowserIntegrationTest extends BrowserTest {

    @Test
    void anOrderIsPlacedInTwoWaysBesideEachOther() {
        show("side-by-side?arm=in-memory-compensation");
        assertThat(page.locator("#arm-lane h3")).hasText("Compensation in memory");
        assertThat(page.locator("#in-doubt"))
                .containsText("1 transactions in doubt, of all orders: 1 prepared branches, 2 locks, 3 sessions wait.");
        assertThat(page.locator("#in-doubt")).containsText("No answer: <img src=x");
        page.locator("#arm").selectOption("distributed-transaction");
        assertThat(page).hasURL(Pattern.compile("arm=distributed-transaction"));
        assertThat(page.locator("#arm-lane h3")).hasText("Two-phase commit");

        List<TopicRecord> saga = SampleSaga.confirmed(ORDER, "ada", Instant.now());
        console.read(saga.subList(0, 5));
        services.answer(201, "{\"id\":\"%s\",\"status\":\"CONFIRMED\"}".formatted(ORDER));
        page.locator("#place-both").focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("#arm-lane .answer")).hasText(Pattern.compile("Answer after \\d+ ms: 201 CONFIRMED"));
        assertThat(page.locator("#saga-lane .answer")).hasText(Pattern.compile("Answer after \\d+ ms: 201 CONFIRMED"));
        assertThat(page.locator("#saga-lane .badge")).containsText("pending");
        services.inDoubt(9);
        assertThat(page.locator("#in-doubt")).containsText("9 sessions wait");
        console.read(saga.subList(5, saga.size()));
        for (String lane : List.of("#saga-lane", "#arm-lane")) {
            assertThat(page.locator(lane + " .bar")).hasText(Pattern.compile("confirmed after 84 ms$"));
            assertThat(page.locator(lane + " a")).hasAttribute("href", "#/order/" + ORDER);
        }
        assertThat(page.locator("#saga-lane .messages")).containsText("+28 ms · ChargePayment · order → payment");
        assertThat(page.locator("#arm-lane .effects")).containsText("shipment: <img src=x>");
        assertThat(services.posts())
                .extracting(StubSystem.Request::path)
                .containsExactlyInAnyOrder("/orders", "/anti-patterns/distributed-transaction/orders");
        assertThat(services.posts().getFirst().body())
                .as("the same order")
                .isEqualTo(services.posts().getLast().body());

        services.answer(503, "{\"title\":\"Unavailable\",\"detail\":\"%s\"}".formatted(inJson(MARKUP)));
        page.locator("#place-both").click();
        assertThat(page.locator("#arm-lane .answer.problem")).containsText("503 · Unavailable · " + MARKUP);
        assertThat(page.locator("#arm-lane .effects li")).hasCount(0);

        assertThat(page.locator("#violations")).hasText("none that the last audit found");
        console.show(audited(Verdict.VIOLATED, 101));
        assertThat(page.locator("#violations .problem")).hasText("✗ An order ends once: " + MARKUP);
        assertNothingWasExecuted();
    }

    @Test
    void withoutAntiPatternsThePageSaysHowToGetThem() {
        services.onlyPatterns();
        show("side-by-side");
        assertThat(page.locator("#patterns-only")).containsText("without --only-patterns");
        assertThat(browser.reports()).isEmpty();
    }
}
