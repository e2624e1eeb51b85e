package io.orderly.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import io.orderly.console.order.SampleSaga;
import io.orderly.console.order.TopicRecord;
import io.orderly.console.order.TopicRecord.Header;
import io.orderly.contracts.MessageCodec;
import io.orderly.contracts.MessageHeaders;
import io.orderly.contracts.MessageType;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.event.OrderRejected;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Orders in the page: placed, followed, compensated, and with messages of any content. */
class OrdersBrowserIntegrationTest extends BrowserTest {

    @Test
    void anOrderIsPlacedAndCrossesTheServices() {
        page.navigate(console.url());
        services.answer(202, "{\"id\":\"%s\",\"status\":\"PENDING\"}".formatted(ORDER));
        page.locator("#place").focus();
        page.keyboard().press("Enter");
        assertThat(page).hasURL(console.url() + "/#/order/" + ORDER);
        assertThat(services.posts().getLast().body()).contains("\"customer\":\"ada\"", "\"sku\":\"PENCIL-HB\"");

        List<TopicRecord> saga = SampleSaga.confirmed(ORDER, "ada", Instant.now());
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
        console.read(SampleSaga.rejected(OTHER, "broke", Instant.now()));
        show("order/" + OTHER + "?by=lamport");

        assertThat(page.locator("#messages .cause")).containsText("INSUFFICIENT_FUNDS");
        assertThat(page.locator("#saga-map .arrow-line.back")).hasCount(1);
        assertThat(page.locator("#saga-map")).containsText("Release stock");
        assertThat(page.locator("#sort-lamport")).isChecked();
        assertThat(page.locator("#action-retry")).isDisabled();
        assertThat(page.locator("#action-cancel")).isDisabled();
    }

    @Test
    void aMessageLeadsToItsTrace() {
        String id = "4bf92f3577b34da6a3ce929d0e0e4736";
        TopicRecord placed = SampleSaga.confirmed(ORDER, "ada", Instant.now()).getFirst();
        console.read(SampleSaga.changed(
                placed, 1, MessageHeaders.TRACE_PARENT, "00-" + id + "-00f067aa0ba902b7-01", placed.value()));
        show("order/" + ORDER);
        page.locator("#message-1 summary").click();
        assertThat(page.locator("#message-1 .trace a")).hasText(id);
        assertThat(page.locator("#message-1 .trace a")).hasAttribute("href", "http://127.0.0.1:1/trace/" + id);
        assertNothingWasExecuted();
    }

    @Test
    void anOrderCountsDownToItsDeadline() {
        console.read(SampleSaga.confirmed(ORDER, "ada", Instant.now()).subList(0, 5));
        page.clock().install();
        services.saga("{\"phase\":\"FORWARD\",\"awaiting\":\"<img src=x>\",\"attempt\":2,\"deadline\":\"%s\"}"
                .formatted(Instant.now().plusSeconds(1_000)));
        show("order/" + ORDER);
        page.clock().runFor(3_000);
        assertThat(page.locator("#awaited"))
                .hasText(Pattern.compile(
                        "Waits for the reply to “<img src=x>”, attempt 2 · (9\\d\\d|1000) s until its deadline"));

        services.saga("{\"phase\":\"PARKED\",\"awaiting\":\"CHARGE_PAYMENT\",\"attempt\":2}");
        page.clock().runFor(3_000);
        assertThat(page.locator("#awaited")).containsText("Parked at “charge payment”, without a deadline");
        services.saga("null");
        page.clock().runFor(3_000);
        assertThat(page.locator("#awaited")).containsText("does not say what the saga waits for");
        console.read(SampleSaga.confirmed(ORDER, "ada", Instant.now()));
        assertThat(page.locator("#order-head .badge")).containsText("confirmed");
        page.clock().runFor(1_000);
        assertThat(page.locator("#awaited")).isHidden();
        assertThat(browser.reports()).isEmpty();
    }

    @Test
    void aProblemOfTheServiceIsShown() {
        console.read(SampleSaga.confirmed(ORDER, "ada", Instant.now()).subList(0, 3));
        services.answer(409, "{\"title\":\"Too late\",\"detail\":\"%s\"}".formatted(inJson(MARKUP)));
        show("order/" + ORDER);
        page.locator("#action-cancel").click();

        assertThat(page.locator("#action-result")).containsText("Cancel: 409 · Too late · " + MARKUP);
        assertNothingWasExecuted();
    }

    @Test
    void theRequestsOfAnOrderAreShownAsCurl() {
        console.read(SampleSaga.confirmed(ORDER, "ada", Instant.now()).subList(0, 5));
        show("order/" + ORDER);
        page.locator("#order-curl summary").click();
        page.locator("#order-by").fill("o'hara");
        page.locator("#order-reason").fill("$(reboot) `x` <img src=x onerror=window.hacked=1>");
        assertThat(page.locator("#order-curl pre")).hasCount(4);
        assertThat(page.locator("#order-curl pre").nth(1)).containsText("curl -X POST '" + console.url());
        assertThat(page.locator("#order-curl pre").nth(1)).containsText("/api/orders/" + ORDER + "/park' \\");
        assertThat(page.locator("#order-curl pre").nth(1))
                .containsText("-d '{\"by\":\"o'\\''hara\",\"reason\":\"$(reboot) `x` <img");
        String shown = page.locator("#order-curl pre").nth(1).textContent();
        page.locator("#action-park").click();
        assertThat(page.locator("#action-result")).containsText("Park: accepted.");
        assertThat(shown)
                .as("the page sends what it shows")
                .contains("Idempotency-Key: " + services.posts().getLast().key());
        page.locator("#order-curl button").nth(1).click();
        assertThat(page.locator("#order-curl [role=status]").nth(1)).hasText(Pattern.compile("Copied\\.|Selected\\."));

        show("orders");
        page.locator("#place-curl summary").click();
        page.locator("#customer").fill("grace");
        assertThat(page.locator("#place-curl pre")).containsText("\"customer\":\"grace\"");
        assertThat(browser.reports()).isEmpty();
    }

    @Test
    void markupInMessagesStaysText() {
        List<TopicRecord> saga = SampleSaga.confirmed(ORDER, "ada", Instant.now());
        TopicRecord charge = saga.get(4);
        console.read(saga.subList(0, 5));
        byte[] hostile = ("{\"customerId\":\"%1$s\",\"sku\":\"%1$s\"}".formatted(inJson(MARKUP)))
                .getBytes(StandardCharsets.UTF_8);
        console.read(SampleSaga.changed(
                SampleSaga.changed(charge, 901, MessageHeaders.TRACE_PARENT, MARKUP, hostile),
                901,
                MessageHeaders.ID,
                MARKUP,
                hostile));
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
                ORDER,
                List.of(
                        new Header(MessageHeaders.ID, "last"),
                        new Header(MessageHeaders.SOURCE, MARKUP),
                        new Header(
                                MessageHeaders.TYPE,
                                MessageType.of(rejection(MARKUP)).name())),
                MessageCodec.encode(rejection(MARKUP))));
        console.read(new TopicRecord(
                "order.events", 0, 905, 0, MARKUP, List.of(new Header(MessageHeaders.TYPE, MARKUP)), hostile));

        show("order/" + ORDER);
        assertThat(page.locator("#order-head")).containsText(MARKUP);
        assertThat(page.locator("#messages > .message")).hasCount(9);
        page.locator("#messages summary").all().forEach(Locator::click);
        assertThat(page.locator("#messages .headers").nth(7)).containsText("onerror");
        assertThat(page.locator("#messages .trace")).hasCount(0);
        show("orders?customer=" + "%3Cimg%20src%3Dx%20onerror%3Dwindow.hacked%3D1%3E");
        assertThat(page.locator("#no-orders")).isVisible();
        page.locator("#strays summary").click();
        assertThat(page.locator("#strays")).containsText(MARKUP);
        show("system");
        assertThat(page.locator("#system-tables")).containsText("<img src=x");
        show("order/%3Cimg%20src%3Dx%20onerror%3Dwindow.hacked%3D1%3E");
        assertThat(page.locator("#order-title")).containsText("<img");
        assertNothingWasExecuted();
    }

    private static OrderRejected rejection(String detail) {
        return new OrderRejected(OrderId.of(ORDER), "OUT_OF_STOCK", detail);
    }
}
