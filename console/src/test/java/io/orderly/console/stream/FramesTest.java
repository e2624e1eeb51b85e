package io.orderly.console.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.console.audit.AuditView;
import io.orderly.console.faults.FaultsView;
import io.orderly.console.order.OrderStatus;
import io.orderly.console.order.OrderSummary;
import io.orderly.console.system.SystemView;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FramesTest {

    private static final SystemView SYSTEM = new SystemView(
            List.of(), null, List.of(), List.of(), null, true, List.of(), List.of(), FaultsView.OFF, AuditView.NONE);

    private final List<OrderSummary> newest = new ArrayList<>();
    private final Frames frames = new Frames(50, () -> newest);
    private long nowNanos;

    @Test
    void aFrameHasTheLastStateOfEachOrder() {
        change("a", 1);
        change("b", 1);
        change("a", 2);
        assertThat(frames.cut()).isTrue();
        assertThat(frames.cut()).as("nothing has happened since").isFalse();

        Frame frame = frames.next(0).orElseThrow();
        assertThat(frame.position()).isEqualTo(3);
        assertThat(frame.reset()).isFalse();
        assertThat(frame.orders()).containsOnlyKeys("a", "b");
        assertThat(frame.orders().get("a").messages()).isEqualTo(2);
        assertThat(frame.flows()).containsEntry("ORDER>PAYMENT", 3);
        assertThat(frames.next(3)).isEmpty();
    }

    @Test
    void aPageThatResumesGetsAllMissedFramesAsOne() {
        change("a", 1);
        frames.cut();
        change("a", 2);
        frames.changed(SYSTEM);
        frames.cut();
        change("b", 1);
        frames.cut();

        Frame missed = frames.next(1).orElseThrow();
        assertThat(missed.orders()).containsOnlyKeys("a", "b");
        assertThat(missed.flows()).containsEntry("ORDER>PAYMENT", 2);
        assertThat(missed.system()).isEqualTo(SYSTEM);
        assertThat(missed.skipped()).isZero();
        assertThat(frames.next(missed.position())).isEmpty();
    }

    @Test
    void aPageThatIsTooFarBehindGetsTheStateAndHowMuchItMissed() {
        for (int i = 0; i < Frames.MAX_FRAMES + 20; i++) {
            change("a", i);
            frames.cut();
        }
        newest.add(order("z", 1));

        Frame state = frames.next(5).orElseThrow();
        assertThat(state.reset()).isTrue();
        assertThat(state.skipped()).isEqualTo(15);
        assertThat(state.orders()).containsOnlyKeys("z");
        assertThat(state.position()).isEqualTo(Frames.MAX_FRAMES + 20);
        assertThat(frames.next(20).orElseThrow().reset()).isFalse();
    }

    @Test
    void moreThanFiftyNewOrdersPerSecondAreSampledAndCounted() {
        for (int i = 0; i < 80; i++) {
            change("order-" + i, 1);
        }
        frames.cut();
        Frame first = frames.next(0).orElseThrow();
        assertThat(first.orders()).hasSize(50);
        assertThat(first.skipped()).isEqualTo(30);

        nowNanos += TimeUnit.SECONDS.toNanos(1);
        change("order-0", 2);
        change("order-79", 2);
        change("another", 1);
        frames.cut();
        Frame second = frames.next(first.position()).orElseThrow();
        assertThat(second.orders())
                .as("an order is shown as a whole or not at all")
                .containsOnlyKeys("order-0", "another");
        assertThat(second.skipped()).isEqualTo(1);
    }

    @Test
    void framesThatAreMergedStayBounded() {
        for (int second = 0; second < 20; second++) {
            nowNanos += TimeUnit.SECONDS.toNanos(1);
            for (int i = 0; i < 50; i++) {
                change(second + "-" + i, 1);
            }
            frames.cut();
        }
        Frame all = frames.next(0).orElseThrow();
        assertThat(all.orders()).hasSize(Frame.MAX_ORDERS);
        assertThat(all.skipped()).isEqualTo(1_000 - Frame.MAX_ORDERS);
    }

    @Test
    void theSameStateOfTheSystemIsNoEvent() {
        frames.changed(SYSTEM);
        frames.cut();
        frames.changed(new SystemView(
                List.of(),
                null,
                List.of(),
                List.of(),
                null,
                true,
                List.of(),
                List.of(),
                FaultsView.OFF,
                AuditView.NONE));
        assertThat(frames.cut()).isFalse();
        assertThat(frames.snapshot().system()).isEqualTo(SYSTEM);
    }

    @Test
    void aPositionBelongsToOneRun() {
        assertThat(StreamPosition.inRun("abc", new StreamPosition("abc", 17).toString()))
                .hasValue(17);
        for (String other :
                List.of("", "abd-17", "abc-", "abc--1", "abc-9999999999999999999", "abc-17\n", "<script>")) {
            assertThat(StreamPosition.inRun("abc", other)).as(other).isEmpty();
        }
    }

    private void change(String id, int messages) {
        frames.changed(order(id, messages), "ORDER>PAYMENT", nowNanos);
    }

    private static OrderSummary order(String id, int messages) {
        return new OrderSummary(id, OrderStatus.PENDING, "ada", "1.00 EUR", false, null, 0, 0, messages);
    }
}
