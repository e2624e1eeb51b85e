package io.orderly.inventory.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.OrderLine;
import io.orderly.contracts.SagaStep;
import io.orderly.contracts.Sku;
import io.orderly.contracts.inventory.CommitReservation;
import io.orderly.contracts.inventory.ReleaseInventory;
import io.orderly.contracts.inventory.ReserveInventory;
import io.orderly.contracts.reply.StepDeclined;
import io.orderly.contracts.reply.StepRefused;
import io.orderly.contracts.reply.StockCommitted;
import io.orderly.contracts.reply.StockReleased;
import io.orderly.contracts.reply.StockReserved;
import io.orderly.inventory.stock.Reservation.State;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StockLedgerTest {

    private static final Sku KITE = new Sku("KITE");
    private static final Sku LAMP = new Sku("LAMP");
    private static final OrderId ORDER = new OrderId(new UUID(1, 1));
    private static final OrderId OTHER = new OrderId(new UUID(1, 2));

    private final StockLedger ledger =
            new StockLedger(List.of(new StockLevel(KITE, 5, 0, 0), new StockLevel(LAMP, 2, 0, 0)), List.of());

    @Test
    void reservesAllLines() {
        assertThat(ledger.decide(reserve(ORDER, line(KITE, 3), line(LAMP, 2)))).isEqualTo(new StockReserved(ORDER));

        assertThat(ledger.changedLevels())
                .containsExactlyInAnyOrder(new StockLevel(KITE, 2, 3, 0), new StockLevel(LAMP, 0, 2, 0));
        assertThat(ledger.newReservations())
                .containsExactly(new Reservation(ORDER, Map.of(KITE, 3L, LAMP, 2L), State.RESERVED));
    }

    @Test
    void reservesNothingWhenOneLineIsShort() {
        assertThat(ledger.decide(reserve(ORDER, line(KITE, 3), line(LAMP, 3))))
                .isEqualTo(new StepDeclined(
                        ORDER, SagaStep.RESERVE_INVENTORY, "OUT_OF_STOCK", "3 of LAMP ordered, 2 on hand"));

        assertThat(ledger.changedLevels()).isEmpty();
        assertThat(ledger.newReservations()).isEmpty();
    }

    @Test
    void addsUpLinesOfOneProduct() {
        assertThat(ledger.decide(reserve(ORDER, line(LAMP, 1), line(LAMP, 1), line(LAMP, 1))))
                .isInstanceOf(StepDeclined.class);
        assertThat(ledger.decide(reserve(OTHER, line(LAMP, 1), line(LAMP, 1)))).isEqualTo(new StockReserved(OTHER));
    }

    @Test
    void reservesNothingWhenOneProductIsUnknown() {
        assertThat(ledger.decide(reserve(ORDER, line(KITE, 1), line(new Sku("UNICORN"), 1))))
                .isEqualTo(new StepDeclined(ORDER, SagaStep.RESERVE_INVENTORY, "UNKNOWN_SKU", "no product UNICORN"));
        assertThat(ledger.changedLevels()).isEmpty();
    }

    @Test
    void laterOrderOfTheBatchGetsWhatTheEarlierLeft() {
        ledger.decide(reserve(ORDER, line(LAMP, 2)));
        assertThat(ledger.decide(reserve(OTHER, line(LAMP, 1)))).isInstanceOf(StepDeclined.class);
    }

    @Test
    void laterOrderOfTheBatchGetsWhatTheEarlierGaveBack() {
        ledger.decide(reserve(ORDER, line(LAMP, 2)));
        assertThat(ledger.decide(new ReleaseInventory(ORDER))).isEqualTo(new StockReleased(ORDER));
        assertThat(ledger.decide(reserve(OTHER, line(LAMP, 2)))).isEqualTo(new StockReserved(OTHER));

        assertThat(ledger.newReservations())
                .extracting(Reservation::state)
                .containsExactlyInAnyOrder(State.RELEASED, State.RESERVED);
    }

    @Test
    void commitShipsWhatWasReserved() {
        StockLedger next = new StockLedger(List.of(new StockLevel(KITE, 2, 3, 4)), List.of(kites(State.RESERVED)));

        assertThat(next.decide(new CommitReservation(ORDER))).isEqualTo(new StockCommitted(ORDER));

        assertThat(next.changedLevels()).containsExactly(new StockLevel(KITE, 2, 0, 7));
        assertThat(next.changedReservations()).containsExactly(kites(State.SHIPPED));
        assertThat(next.newReservations()).isEmpty();
    }

    @Test
    void releaseGivesBackWhatWasReserved() {
        StockLedger next = new StockLedger(List.of(new StockLevel(KITE, 2, 3, 4)), List.of(kites(State.RESERVED)));

        assertThat(next.decide(new ReleaseInventory(ORDER))).isEqualTo(new StockReleased(ORDER));

        assertThat(next.changedLevels()).containsExactly(new StockLevel(KITE, 5, 0, 4));
        assertThat(next.changedReservations()).containsExactly(kites(State.RELEASED));
    }

    @Test
    void releaseOfNothingSucceeds() {
        assertThat(ledger.decide(new ReleaseInventory(ORDER))).isEqualTo(new StockReleased(ORDER));
        assertThat(ledger.changedLevels()).isEmpty();
    }

    @Test
    void commitOfNothingIsRefused() {
        assertThat(ledger.decide(new CommitReservation(ORDER)))
                .isEqualTo(
                        refused(SagaStep.COMMIT_RESERVATION, "NO_RESERVATION", "nothing was reserved for the order"));
    }

    @Test
    void whatIsSettledStaysSettled() {
        StockLedger released = new StockLedger(List.of(new StockLevel(KITE, 5, 0, 0)), List.of(kites(State.RELEASED)));
        assertThat(released.decide(new CommitReservation(ORDER)))
                .isEqualTo(
                        refused(SagaStep.COMMIT_RESERVATION, "RESERVATION_RELEASED", "the reservation was released"));
        assertThat(released.decide(new ReleaseInventory(ORDER))).isEqualTo(new StockReleased(ORDER));

        StockLedger shipped = new StockLedger(List.of(new StockLevel(KITE, 2, 0, 3)), List.of(kites(State.SHIPPED)));
        assertThat(shipped.decide(new ReleaseInventory(ORDER)))
                .isEqualTo(refused(SagaStep.RELEASE_INVENTORY, "ALREADY_SHIPPED", "the reserved units were shipped"));
        assertThat(shipped.decide(new CommitReservation(ORDER))).isEqualTo(new StockCommitted(ORDER));

        assertThat(released.changedLevels()).isEmpty();
        assertThat(released.changedReservations()).isEmpty();
        assertThat(shipped.changedLevels()).isEmpty();
        assertThat(shipped.changedReservations()).isEmpty();
    }

    @Test
    void secondReservationOfAnOrderIsAnError() {
        ledger.decide(reserve(ORDER, line(KITE, 1)));
        assertThatIllegalStateException().isThrownBy(() -> ledger.decide(reserve(ORDER, line(KITE, 1))));
    }

    @Test
    void stockBelowZeroCannotBe() {
        assertThatIllegalArgumentException().isThrownBy(() -> new StockLevel(KITE, 1, 0, 0).reserve(2));
        assertThatIllegalArgumentException().isThrownBy(() -> new StockLevel(KITE, 1, 0, 0).ship(1));
    }

    private static ReserveInventory reserve(OrderId order, OrderLine... lines) {
        return new ReserveInventory(order, List.of(lines));
    }

    private static OrderLine line(Sku sku, int quantity) {
        return new OrderLine(sku, quantity);
    }

    private static Reservation kites(State state) {
        return new Reservation(ORDER, Map.of(KITE, 3L), state);
    }

    private static StepRefused refused(SagaStep step, String reason, String detail) {
        return new StepRefused(ORDER, step, reason, detail);
    }
}
