package io.orderly.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.orderly.console.order.SampleSaga;
import io.orderly.console.order.TopicRecord;
import io.orderly.contracts.MessageHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The last minutes in the page, and the files of them. */
class RecorderBrowserIntegrationTest extends BrowserTest {

    @Test
    void theRecorderShowsAndPlaysWhatWas(@TempDir Path folder) {
        page.clock().install();
        Instant begun = Instant.now().truncatedTo(ChronoUnit.MILLIS).minusSeconds(300);
        console.read(SampleSaga.confirmed(ORDER, "ada", begun));
        Instant later = begun.plusSeconds(200);
        console.read(SampleSaga.rejected(OTHER, "broke", later));
        services.inject("{\"fault\":\"cut\",\"link\":\"order-service->kafka\"}", begun.plusSeconds(100));
        show("faults");
        assertThat(page.locator("#active-faults tr")).hasCount(1);

        Locator orders = page.locator("#recorded-orders tr");
        show("recorder?speed=10&at=" + begun.plusMillis(30));
        assertThat(orders).hasCount(1);
        assertThat(page.locator("#recorded-orders .badge")).containsText("pending");
        assertThat(page.locator("#recorded-messages li")).hasCount(4);
        assertThat(page.locator("#recorded-messages li").first()).containsText("InventoryReserved · order → order");
        assertThat(page.locator("#graph [data-edge^='ORDER']")).containsText("→ 0.6/s  ← 0.2/s");
        assertThat(page.locator("#recorder-chart .band")).hasCount(0);
        assertThat(page.locator("#speed")).hasValue("10");

        page.locator("#at").focus();
        page.keyboard().press("ArrowRight");
        page.keyboard().press("ArrowRight");
        assertThat(page.locator("#recorded-orders .badge")).containsText("confirmed");
        assertThat(page).hasURL(Pattern.compile("at=.*&speed=10"));
        assertThat(at()).isAfter(begun.plusSeconds(1)).isBefore(begun.plusSeconds(3));
        page.keyboard().press("End");
        assertThat(orders).hasCount(2);
        assertThat(page.locator("#recorder-chart .band.on")).hasCount(1);
        assertThat(page.locator("#graph .edge.faulty")).hasCount(1);
        Page all = save("#export", folder, "recording.html");
        assertThat(all.locator("body")).containsText(ORDER);
        assertThat(all.locator("body")).containsText(OTHER);

        Instant from = later.minusSeconds(3);
        show("recorder?speed=10&at=" + from);
        assertThat(orders).hasCount(1);
        assertThat(page.locator("#graph [data-edge^='ORDER']")).hasText("");
        page.locator("#mark").click();
        page.locator("#play").click();
        page.clock().fastForward(1_000);
        assertThat(orders).hasCount(2);
        page.locator("#play").click();
        assertThat(page.locator("#play")).hasText("Play");
        assertThat(at()).as("at ten times the speed").isAfterOrEqualTo(from.plusSeconds(9));
        assertThat(page.locator("#recorded-orders")).containsText("rejected");
        assertThat(page.locator("#export"))
                .hasAttribute(
                        "href",
                        "api/recording/export?from=%d&to=%d".formatted(from.toEpochMilli(), at().toEpochMilli()));
        Page part = save("#export", folder, "recording.html");
        assertThat(part.locator("body")).containsText(OTHER);
        assertThat(part.locator("body")).not().containsText(ORDER);

        page.locator("#play").click();
        page.locator("#at").press("End");
        assertThat(page.locator("#play")).hasText("Play");
        page.locator("#play").click();
        page.clock().fastForward(1_000);
        assertThat(orders).hasCount(1); // it begins again
        page.clock().fastForward(40_000);
        assertThat(page.locator("#play")).hasText("Play");
        assertThat(orders).hasCount(2);

        console.read(SampleSaga.confirmed("01936f00-0000-7000-8000-000000000003", "grace", Instant.now()));
        page.locator("#reload").click();
        assertThat(orders).hasCount(3);
        assertThat(browser.reports()).isEmpty();
    }

    /** The time in the address. */
    private Instant at() {
        return Instant.parse(page.url().replaceFirst(".*[?&]at=([^&]*).*", "$1"));
    }

    @Test
    void aTimeThatIsNotRecordedIsSaid() {
        show("recorder?at=2020-01-01T00:00:00Z&speed=%3Cimg%3E");
        assertThat(page.locator("#recorder-notice")).containsText("The time of the address is not in the recording.");
        assertThat(page.locator("#speed")).hasValue("1");
        show("recorder?at=%3Cimg%3E");
        assertThat(page.locator("#recorded-count")).containsText("0 orders");
        assertThat(browser.reports()).isEmpty();
    }

    /** With a customer, a SKU and a header that are markup. */
    @Test
    void aFileOfAnOrderIsReadWithoutScriptsAndRunsNone(@TempDir Path folder) {
        List<TopicRecord> saga = SampleSaga.confirmed(ORDER, "ada", Instant.now());
        console.read(saga);
        byte[] hostile = ("{\"customerId\":\"%1$s\",\"sku\":\"%1$s\"}".formatted(inJson(MARKUP)))
                .getBytes(StandardCharsets.UTF_8);
        console.read(SampleSaga.changed(
                SampleSaga.changed(saga.get(4), 901, MARKUP, MARKUP, hostile),
                901,
                MessageHeaders.ID,
                MARKUP,
                hostile));
        show("order/" + ORDER);
        String name = "order-" + ORDER + ".html";
        Page file = save("#order-export", folder, name);
        assertThat(file.locator("h1")).containsText(ORDER);
        assertThat(file.locator("body")).containsText("CONFIRMED");
        file.locator("summary").all().forEach(Locator::click);
        assertThat(file.locator("body")).containsText("\"sku\":\"" + inJson(MARKUP));
        assertThat(file.locator("body")).containsText(MARKUP + ": " + MARKUP);
        assertThat(file.locator("img, script")).hasCount(0);
        Page withScripts = browser.open(1280, ColorScheme.DARK);
        withScripts.navigate(folder.resolve(name).toUri().toString());
        assertThat(withScripts.locator("img, script")).hasCount(0);
        assertThat(withScripts.evaluate("window.hacked")).isNull();
        assertThat(browser.reports()).isEmpty();
    }

    /** Saves a file, and opens it without scripts and a network. */
    private Page save(String link, Path folder, String name) {
        Download download = page.waitForDownload(() -> page.locator(link).click());
        assertThat(download.suggestedFilename()).isEqualTo(name);
        Path file = folder.resolve(name);
        download.saveAs(file);
        Page opened = browser.open(TestBrowser.options(1280, ColorScheme.LIGHT)
                .setJavaScriptEnabled(false)
                .setOffline(true));
        opened.navigate(file.toUri().toString());
        return opened;
    }
}
