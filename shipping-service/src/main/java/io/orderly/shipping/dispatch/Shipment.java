package io.orderly.shipping.dispatch;

import io.orderly.contracts.Address;
import io.orderly.contracts.OrderId;
import io.orderly.kit.entities.AssignedIdEntity;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.LocalDate;
import java.util.UUID;

/**
 * The shipment of an order. Changed only under the lock of {@link Shipments#lock}.
 *
 * <p>Invariant: a scheduled shipment occupies one slot of its day.
 */
@Entity
@Table(name = "shipments")
public class Shipment extends AssignedIdEntity<UUID> {

    public enum State {
        SCHEDULED,
        CANCELLED
    }

    @Id
    private UUID orderId;

    @Column(updatable = false)
    private UUID shipmentId;

    @Embedded
    private Address address;

    @Column(updatable = false)
    private LocalDate shipsOn;

    @Enumerated(EnumType.STRING)
    private State state;

    protected Shipment() {}

    /**
     * Books a slot for the shipment of an order.
     *
     * @param day a day of the address's region
     * @throws IllegalStateException if the day is full
     */
    Shipment(OrderId order, Address address, CapacityDay day) {
        day.book();
        this.orderId = order.value();
        this.shipmentId = UUID.randomUUID();
        this.address = address;
        this.shipsOn = day.day();
        this.state = State.SCHEDULED;
    }

    /**
     * Cancels the shipment and releases its slot; has no effect if it is already cancelled.
     *
     * @param day the day of {@link #slot}
     */
    void cancel(CapacityDay day) {
        if (state == State.SCHEDULED) {
            day.release();
            state = State.CANCELLED;
        }
    }

    public OrderId orderId() {
        return new OrderId(orderId);
    }

    public UUID shipmentId() {
        return shipmentId;
    }

    public Address address() {
        return address;
    }

    /** The day of the booked slot. */
    public LocalDate shipsOn() {
        return shipsOn;
    }

    public State state() {
        return state;
    }

    CapacityDay.Key slot() {
        return new CapacityDay.Key(address.country(), shipsOn);
    }

    @Override
    public UUID getId() {
        return orderId;
    }
}
