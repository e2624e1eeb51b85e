package io.orderly.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.orderly.console.order.SampleSaga;
import io.orderly.console.order.TopicRecord;
import io.orderly.contracts.MessageHeaders;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every view with something in it, except those of lessons: it fits narrow and wide windows, and axe finds no barrier. */
class EveryViewBrowserIntegrationTest extends BrowserTest {

    private static final String PENDING = "01936f00-0000-7000-8000-000000000003";

    private final List<String> found = new ArrayList<>();
    private Page looked;

    @Test
    void everyViewFitsAndAxeFindsNoBarrier() {
        fill();
        looked = Barriers.open(browser);
        look("orders", "#orders tr", "#place-curl summary");
        look("order/" + ORDER, "#messages .message");
        look("order/" + OTHER, "#messages .message");
        look("order/" + PENDING, "#awaited", "#order-curl summary");
        look("operator", "#letters tr");
        look("system", "#graph .faulty");
        look("recorder", "#recorded-orders tr");
        look("side-by-side", "#arm-lane .effects li", "#place-both");
        look("coordinator", "#queues td");
        look("faults", "#active-faults tr");
        look("audit", "#checks td");
        assertThat(found).isEmpty();

        looked.evaluate("""
                document.querySelector('main').append(document.createElement('img'),
                  Object.assign(document.createElement('p'), {textContent: 'pale', style: 'color: #888; background: #999; width: 2000px'}))""");
        assertThat(Barriers.find(looked, "broken"))
                .as("what this test is able to find")
                .anyMatch(barrier -> barrier.startsWith("broken-390-LIGHT: needs a width"))
                .anyMatch(barrier -> barrier.startsWith("broken-390-LIGHT: color-contrast"))
                .anyMatch(barrier -> barrier.startsWith("broken-1280-LIGHT: image-alt"))
                .anyMatch(barrier -> barrier.startsWith("broken-1280-DARK: color-contrast"));
    }

    /**
     * Looks at a view.
     *
     * @param ready what is there when it shows what the console knows
     * @param opens what is clicked before
     */
    private void look(String view, String ready, String... opens) {
        looked.navigate(console.url() + "/#/" + view);
        for (String opened : opens) {
            looked.locator(opened).click();
        }
        assertThat(looked.locator(ready).first()).isVisible();
        assertThat(looked.locator("#connection")).containsText("live");
        found.addAll(Barriers.find(looked, view.replace("/", "-")));
    }

    private void fill() {
        Instant begun = Instant.now().minusSeconds(200);
        console.read(SampleSaga.confirmed(ORDER, "ada", begun));
        List<TopicRecord> rejected = SampleSaga.rejected(OTHER, "broke", begun.plusSeconds(100));
        console.read(rejected);
        TopicRecord charge = rejected.get(4);
        console.read(SampleSaga.copy(charge, 900));
        console.read(SampleSaga.changed(charge, 901, MessageHeaders.ID, "again", charge.value()));
        console.read(SampleSaga.changed(charge, 902, MessageHeaders.ID, "bad", new byte[] {'{'}));
        console.read(
                SampleSaga.confirmed(PENDING, "grace", begun.plusSeconds(180)).subList(0, 6));
        services.saga("{\"phase\":\"FORWARD\",\"awaiting\":\"CHARGE_PAYMENT\",\"attempt\":2,\"deadline\":\"%s\"}"
                .formatted(Instant.now().plusSeconds(1_000)));
        services.inject("{\"fault\":\"cut\",\"link\":\"order-service->kafka\"}", begun.plusSeconds(50));
        services.deadLetters(OTHER, "01936f00-0000-7000-8000-0000000000b1");
        services.answer(201, "{\"id\":\"%s\",\"status\":\"CONFIRMED\"}".formatted(ORDER));
    }
}
