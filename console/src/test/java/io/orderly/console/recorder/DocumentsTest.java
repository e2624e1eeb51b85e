package io.orderly.console.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.console.faults.FaultsView;
import io.orderly.console.faults.FaultsView.Control;
import io.orderly.console.faults.FaultsView.FaultState;
import io.orderly.console.order.Lane;
import io.orderly.console.order.Message.Kind;
import io.orderly.console.order.OrderStatus;
import io.orderly.console.order.OrderSummary;
import io.orderly.console.order.OrderTrack;
import io.orderly.console.order.OrderTrack.Change;
import io.orderly.console.order.OrderView;
import io.orderly.console.order.OrderView.MessageView;
import io.orderly.console.order.TopicRecord.Header;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentsTest {

    private static final String MARKUP = "<img src=x onerror=\"window.hacked=1\"><script>window.hacked=1</script>'&";
    private static final String ESCAPED = "&lt;img src=x onerror=&quot;window.hacked=1&quot;&gt;";

    private static final FaultsView FAULTS = new FaultsView(
            Control.ON,
            List.of(new FaultState(MARKUP, MARKUP, MARKUP, MARKUP, 1_500, null, null, true, MARKUP)),
            List.of(new FaultState("old", "kill", "kafka", "", 10, null, 20L, true, "")));

    @Test
    void anyTextOfAnOrderIsEscaped() {
        String html = Documents.of(hostile(), FAULTS);
        assertThat(html)
                .contains(ESCAPED, "hybrid " + ESCAPED, "customer " + ESCAPED, "header " + ESCAPED, "sku " + ESCAPED)
                .doesNotContain("<img", "<script", "kafka");
        assertThat(html).contains("default-src 'none'").doesNotContain(" src=\"", " href=");
    }

    @Test
    void anyTextOfAStretchOfTimeIsEscaped() {
        Recording recording = new Recording(
                0,
                9_000,
                3,
                List.of(track(MARKUP, 1_000, 2_000), track("other", 7_000)),
                List.of(FAULTS.ended().getFirst(), FAULTS.active().getFirst()));
        String html = Documents.of(recording, 1_000, 2_000);
        assertThat(html)
                .contains(ESCAPED, "Orders: 1. Messages: 2.", "had forgotten: 3.", "1970-01-01T00:00:01Z")
                .doesNotContain("<img", "<script", "other", "kafka");
    }

    @Test
    void moreMessagesThanADocumentHoldsAreCounted() {
        long[] many = new long[Documents.MAX_MESSAGES + 7];
        Recording recording = new Recording(0, 9_000, 0, List.of(track("a", many)), List.of());
        assertThat(Documents.of(recording, 0, 9_000)).contains("7 later messages are left out");
    }

    @Test
    void charactersThatShowNothingAreReplaced() {
        assertThat(Html.text("a\u0000b\u202ec\nd").markup()).isEqualTo("a\uFFFDb\uFFFDc\nd");
        assertThat(Html.text(null).markup()).isEqualTo("—");
    }

    private static OrderTrack track(String text, long... atMillis) {
        List<Change> changes = Arrays.stream(atMillis)
                .mapToObj(at -> new Change(at, text, "ORDER>PAYMENT", OrderStatus.PENDING, true, text))
                .toList();
        return new OrderTrack(text, text, text, changes);
    }

    private static OrderView hostile() {
        MessageView message = new MessageView(
                1,
                Kind.UNKNOWN,
                MARKUP,
                Lane.ORDER,
                Lane.PAYMENT,
                null,
                false,
                false,
                null,
                2,
                2,
                MARKUP,
                MARKUP,
                MARKUP,
                MARKUP,
                1_000,
                null,
                "hybrid " + MARKUP,
                MARKUP,
                MARKUP,
                List.of(new Header("header " + MARKUP, MARKUP)),
                "sku " + MARKUP,
                17);
        return new OrderView(
                new OrderSummary(
                        "01936f00-0000-7000-8000-000000000001",
                        OrderStatus.PENDING,
                        "customer " + MARKUP,
                        MARKUP,
                        true,
                        MARKUP,
                        1_000,
                        1_000,
                        1),
                List.of(),
                MARKUP,
                0,
                Collections.nCopies(2, message));
    }
}
