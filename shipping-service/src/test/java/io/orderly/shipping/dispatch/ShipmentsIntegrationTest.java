package io.orderly.shipping.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.orderly.contracts.Address;
import io.orderly.contracts.OrderId;
import io.orderly.kit.testing.RepositorySlice;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.test.context.transaction.TestTransaction;

class ShipmentsIntegrationTest extends RepositorySlice {

    private static final LocalDate MONDAY = LocalDate.of(2026, 11, 23);

    @Autowired
    Shipments shipments;

    @Autowired
    CapacityDays days;

    @BeforeEach
    void openADay() {
        days.open(new String[] {"AT"}, new LocalDate[] {MONDAY}, new Integer[] {10});
    }

    @Test
    void aStoredShipmentIsReadUnchanged() {
        OrderId order = newOrder();
        Shipment stored = book(order);

        assertThat(shipments.findById(order.value())).hasValueSatisfying(shipment -> {
            assertThat(shipment)
                    .usingRecursiveComparison()
                    .ignoringFields("isStored")
                    .isEqualTo(stored);
            assertThat(shipment.slot()).isEqualTo(new CapacityDay.Key("AT", MONDAY));
            assertThat(shipment.isNew()).isFalse();
        });
        assertThat(shipments.findById(newOrder().value())).isEmpty();
    }

    @Test
    void existingShipmentsAreLockedInTheOrderOfTheirIds() {
        List<OrderId> orders =
                Stream.generate(RepositorySlice::newOrder).limit(3).sorted().toList();
        orders.reversed().forEach(this::book);

        assertThat(shipments.lock(Stream.concat(Stream.of(newOrder()), orders.reversed().stream())
                        .toList()))
                .extracting(Shipment::orderId)
                .containsExactlyElementsOf(orders);
        assertThat(shipments.lock(List.of())).isEmpty();
    }

    @Test
    void aCancellationIsStoredWithTheReleasedSlot() {
        OrderId order = newOrder();
        book(order);

        shipments.lock(List.of(order)).getFirst().cancel(day());
        flushAndClear();

        assertThat(shipments.findById(order.value()))
                .hasValueSatisfying(shipment -> assertThat(shipment.state()).isEqualTo(Shipment.State.CANCELLED));
        assertThat(day().booked()).isZero();
    }

    @Test
    void aSecondShipmentOfAnOrderIsADuplicateKey() {
        OrderId order = newOrder();
        book(order);
        shipments.saveAll(List.of(new Shipment(order, address("AT"), day())));

        TestTransaction.flagForCommit();
        assertThatExceptionOfType(DuplicateKeyException.class).isThrownBy(TestTransaction::end);
    }

    @Test
    void aShipmentNeedsAnOpenDay() {
        CapacityDay notOpen = new CapacityDay("BE", MONDAY, 1);
        shipments.saveAll(List.of(new Shipment(newOrder(), address("BE"), notOpen)));

        TestTransaction.flagForCommit();
        assertThatExceptionOfType(DataIntegrityViolationException.class).isThrownBy(TestTransaction::end);
    }

    private Shipment book(OrderId order) {
        Shipment shipment = new Shipment(order, address("AT"), day());
        shipments.saveAll(List.of(shipment));
        flushAndClear();
        return shipment;
    }

    private CapacityDay day() {
        return days.lock(new String[] {"AT"}, MONDAY, MONDAY).getFirst();
    }

    private static Address address(String country) {
        return new Address("Zoë O'Neill", "Žižkova 1", "東京", "10115", country);
    }
}
