package io.orderly.inventory.stock;

import static org.assertj.core.api.Assertions.assertThat;
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
import io.orderly.contracts.reply.StepReply;
import io.orderly.contracts.reply.StockCommitted;
import io.orderly.contracts.reply.StockReleased;
import io.orderly.contracts.reply.StockReserved;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReservationHandlerTest {

    private static final Sku KITE = new Sku("KITE");
    private static final Sku LAMP = new Sku("LAMP");
    private static final OrderId ORDER = new OrderId(new UUID(1, 1));
    private static final OrderId OTHER = new OrderId(new UUID(1, 2));

    private final InMemoryInventory inventory =
            new InMemoryInventory().with(KITE, 5).with(LAMP, 2);

    @Test
    void reservesAllLines() {
        assertThat(inventory.handle(reserve(ORDER, line(KITE, 3), line(LAMP, 2))))
                .containsExactly(new StockReserved(ORDER));

        assertThat(inventory.level(KITE)).isEqualTo(new StockLevel(KITE, 2, 3, 0));
        assertThat(inventory.level(LAMP)).isEqualTo(new StockLevel(LAMP, 0, 2, 0));
        assertThat(inventory.reservationsOf(ORDER)).containsExactly("KITE 3 RESERVED", "LAMP 2 RESERVED");
    }

    @Test
    void reservesNothingIfOneLineExceedsTheStock() {
        assertThat(inventory.handle(reserve(ORDER, line(KITE, 3), line(LAMP, 3))))
                .containsExactly(new StepDeclined(
                        ORDER, SagaStep.RESERVE_INVENTORY, "OUT_OF_STOCK", "3 of LAMP ordered, 2 on hand"));

        assertNothingIsReserved();
    }

    @Test
    void addsUpLinesOfOneProduct() {
        List<StepReply> replies = inventory.handle(
                reserve(ORDER, line(LAMP, 1), line(LAMP, 1), line(LAMP, 1)),
                reserve(OTHER, line(LAMP, 1), line(LAMP, 1)));

        assertThat(replies.getFirst()).isInstanceOf(StepDeclined.class);
        assertThat(replies.getLast()).isEqualTo(new StockReserved(OTHER));
        assertThat(inventory.reservationsOf(OTHER)).containsExactly("LAMP 2 RESERVED");
    }

    @Test
    void reservesNothingIfOneProductIsUnknown() {
        assertThat(inventory.handle(reserve(ORDER, line(KITE, 1), line(new Sku("UNICORN"), 1))))
                .containsExactly(
                        new StepDeclined(ORDER, SagaStep.RESERVE_INVENTORY, "UNKNOWN_SKU", "no product UNICORN"));

        assertNothingIsReserved();
    }

    @Test
    void aLaterOrderInTheBatchIsDeclinedIfTheStockIsExhausted() {
        assertThat(inventory
                        .handle(reserve(ORDER, line(LAMP, 2)), reserve(OTHER, line(LAMP, 1)))
                        .getLast())
                .isInstanceOf(StepDeclined.class);
    }

    @Test
    void aLaterOrderInTheBatchReservesReleasedUnits() {
        assertThat(inventory.handle(
                        reserve(ORDER, line(LAMP, 2)), new ReleaseInventory(ORDER), reserve(OTHER, line(LAMP, 2))))
                .containsExactly(new StockReserved(ORDER), new StockReleased(ORDER), new StockReserved(OTHER));

        assertThat(inventory.reservationsOf(ORDER)).containsExactly("LAMP 2 RELEASED");
        assertThat(inventory.reservationsOf(OTHER)).containsExactly("LAMP 2 RESERVED");
    }

    @Test
    void commitShipsTheReservedUnits() {
        inventory.handle(reserve(OTHER, line(KITE, 1)), new CommitReservation(OTHER), reserve(ORDER, line(KITE, 3)));

        assertThat(inventory.handle(new CommitReservation(ORDER))).containsExactly(new StockCommitted(ORDER));

        assertThat(inventory.level(KITE)).isEqualTo(new StockLevel(KITE, 1, 0, 4));
        assertThat(inventory.reservationsOf(ORDER)).containsExactly("KITE 3 SHIPPED");
    }

    @Test
    void releaseReturnsTheReservedUnits() {
        inventory.handle(reserve(OTHER, line(KITE, 1)), new CommitReservation(OTHER), reserve(ORDER, line(KITE, 3)));

        assertThat(inventory.handle(new ReleaseInventory(ORDER))).containsExactly(new StockReleased(ORDER));

        assertThat(inventory.level(KITE)).isEqualTo(new StockLevel(KITE, 4, 0, 1));
        assertThat(inventory.reservationsOf(ORDER)).containsExactly("KITE 3 RELEASED");
    }

    @Test
    void releaseWithoutReservationSucceeds() {
        assertThat(inventory.handle(new ReleaseInventory(ORDER))).containsExactly(new StockReleased(ORDER));
        assertNothingIsReserved();
    }

    @Test
    void commitWithoutReservationIsRefused() {
        assertThat(inventory.handle(new CommitReservation(ORDER)))
                .containsExactly(
                        refused(SagaStep.COMMIT_RESERVATION, "NO_RESERVATION", "nothing was reserved for the order"));
    }

    @Test
    void aReleasedReservationStaysReleased() {
        inventory.handle(reserve(ORDER, line(KITE, 3)), new ReleaseInventory(ORDER));

        assertThat(inventory.handle(new CommitReservation(ORDER), new ReleaseInventory(ORDER)))
                .containsExactly(
                        refused(SagaStep.COMMIT_RESERVATION, "RESERVATION_RELEASED", "the reservation was released"),
                        new StockReleased(ORDER));

        assertThat(inventory.level(KITE)).isEqualTo(new StockLevel(KITE, 5, 0, 0));
        assertThat(inventory.reservationsOf(ORDER)).containsExactly("KITE 3 RELEASED");
    }

    @Test
    void aShippedReservationStaysShipped() {
        inventory.handle(reserve(ORDER, line(KITE, 3)), new CommitReservation(ORDER));

        assertThat(inventory.handle(new ReleaseInventory(ORDER), new CommitReservation(ORDER)))
                .containsExactly(
                        refused(SagaStep.RELEASE_INVENTORY, "ALREADY_SHIPPED", "the reserved units were shipped"),
                        new StockCommitted(ORDER));

        assertThat(inventory.level(KITE)).isEqualTo(new StockLevel(KITE, 2, 0, 3));
        assertThat(inventory.reservationsOf(ORDER)).containsExactly("KITE 3 SHIPPED");
    }

    @Test
    void secondReservationOfAnOrderIsAnError() {
        assertThatIllegalStateException()
                .isThrownBy(() -> inventory.handle(reserve(ORDER, line(KITE, 1)), reserve(ORDER, line(KITE, 1))));
    }

    private void assertNothingIsReserved() {
        assertThat(inventory.level(KITE)).isEqualTo(new StockLevel(KITE, 5, 0, 0));
        assertThat(inventory.level(LAMP)).isEqualTo(new StockLevel(LAMP, 2, 0, 0));
        assertThat(inventory.reservations()).isEmpty();
    }

    private static ReserveInventory reserve(OrderId order, OrderLine... lines) {
        return new ReserveInventory(order, List.of(lines));
    }

    private static OrderLine line(Sku sku, int quantity) {
        return new OrderLine(sku, quantity);
    }

    private static StepRefused refused(SagaStep step, String reason, String detail) {
        return new StepRefused(ORDER, step, reason, detail);
    }
}
