package io.orderly.inventory.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Sku;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StockItemTest {

    private static final Sku KITE = new Sku("KITE");

    private final StockItem item = new StockItem(KITE, 5);

    @Test
    void movesUnitsWithoutLosingAny() {
        item.reserve(4);
        item.ship(1);
        item.release(2);
        item.restock(10);

        assertThat(item.level()).isEqualTo(new StockLevel(KITE, 13, 1, 1));
    }

    @Test
    void rejectsQuantitiesAboveTheAvailableUnits() {
        assertThatIllegalArgumentException().isThrownBy(() -> item.reserve(6));
        assertThatIllegalArgumentException().isThrownBy(() -> item.ship(1));
        assertThatIllegalArgumentException().isThrownBy(() -> item.release(1));
        assertThat(item.level()).isEqualTo(new StockLevel(KITE, 5, 0, 0));
    }

    @Test
    void rejectsZeroAndNegativeQuantities() {
        assertThatIllegalArgumentException().isThrownBy(() -> item.reserve(0));
        assertThatIllegalArgumentException().isThrownBy(() -> item.restock(-1));
    }

    @Test
    void settlesAReservationOnce() {
        var reservation = new Reservation(new OrderId(new UUID(1, 1)), item, 2);
        reservation.ship(item);

        assertThatIllegalStateException().isThrownBy(() -> reservation.release(item));
        assertThatIllegalStateException().isThrownBy(() -> reservation.ship(item));
        assertThat(item.level()).isEqualTo(new StockLevel(KITE, 3, 0, 2));
    }
}
