package io.orderly.inventory.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Sku;
import io.orderly.kit.testing.RepositorySlice;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;

class StockRepositoriesIntegrationTest extends RepositorySlice {

    private static final Sku KITE = new Sku("KITE");
    private static final Sku LAMP = new Sku("LAMP");
    private static final Sku UNKNOWN = new Sku("UNKNOWN");
    private static final OrderId FIRST = new OrderId(new UUID(1, 1));
    private static final OrderId SECOND = new OrderId(new UUID(1, 2));

    @Autowired
    StockItems items;

    @Autowired
    Reservations reservations;

    @Autowired
    ReservationLists reservationLists;

    @BeforeEach
    void storeTwoProducts() {
        for (Sku sku : List.of(LAMP, KITE)) {
            jdbc.sql("""
                            insert into products (sku, name, description, category, price, currency)
                            values (?, 'A test', 'For tests only', 'TOYS', 10.00, 'EUR')""").param(sku.value()).update();
        }
        items.saveAll(List.of(new StockItem(LAMP, 5), new StockItem(KITE, 5)));
        flushAndClear();
    }

    @Test
    void lockKnownItemsInTheOrderOfTheirSkus() {
        assertThat(items.lock(List.of(LAMP, UNKNOWN, KITE)))
                .extracting(StockItem::sku)
                .containsExactly(KITE, LAMP);
        assertThat(items.lock(List.of())).isEmpty();
    }

    @Test
    void storeReservationsTogetherWithTheirStock() {
        reserve(FIRST, 3, LAMP, KITE);

        List<Reservation> locked = reservations.lock(List.of(SECOND, FIRST));
        assertThat(locked).extracting(Reservation::sku).containsExactly(KITE, LAMP);
        locked.getFirst().ship(items.lock(List.of(KITE)).getFirst());
        flushAndClear();

        assertThat(items.findById("KITE").orElseThrow().level()).isEqualTo(new StockLevel(KITE, 2, 0, 3));
        assertThat(items.findById("LAMP").orElseThrow().level()).isEqualTo(new StockLevel(LAMP, 2, 3, 0));
        assertThat(reservationLists.findByOrderIdOrderBySku(FIRST.value()))
                .extracting(Reservation::state)
                .containsExactly(Reservation.State.SHIPPED, Reservation.State.RESERVED);
    }

    @Test
    void listTheReservationsOfAProductByOrderDescending() {
        reserve(FIRST, 1, LAMP);
        reserve(SECOND, 2, LAMP);

        assertThat(reservationLists.ofProduct(LAMP, null, 1))
                .extracting(Reservation::orderId)
                .containsExactly(SECOND);
        assertThat(reservationLists.ofProduct(LAMP, SECOND, 10))
                .extracting(Reservation::orderId)
                .containsExactly(FIRST);
        assertThat(reservationLists.ofProduct(KITE, null, 10)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "on_hand = on_hand - 6, reserved = reserved + 6",
                "on_hand = on_hand - 1",
                "shipped = shipped + 1",
                "restocked = restocked + 1"
            })
    void constraintsRejectNegativeStockAndLostUnits(String change) {
        assertThatExceptionOfType(DataIntegrityViolationException.class)
                .isThrownBy(() -> jdbc.sql("update stock set " + change + " where sku = 'LAMP'")
                        .update());
    }

    private void reserve(OrderId order, long quantity, Sku... skus) {
        Collection<StockItem> locked = items.lock(List.of(skus));
        reservations.saveAll(locked.stream()
                .map(item -> new Reservation(order, item, quantity))
                .toList());
        flushAndClear();
    }
}
