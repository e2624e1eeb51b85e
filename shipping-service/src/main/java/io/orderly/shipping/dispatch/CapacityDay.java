package io.orderly.shipping.dispatch;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.LocalDate;

/**
 * The capacity of one region on one day. Changed only under the lock of {@link CapacityDays#lock}.
 *
 * <p>Invariant: {@code booked} is the number of scheduled shipments on the day, and does not exceed the number of
 * slots.
 */
@Entity
@Table(name = "capacity")
@IdClass(CapacityDay.Key.class)
public class CapacityDay {

    /** Identifies a day of a region. */
    public record Key(String region, LocalDate day) {}

    @Id
    private String region;

    @Id
    private LocalDate day;

    @Column(updatable = false)
    private int slots;

    private int booked;

    protected CapacityDay() {}

    /** A day without bookings. */
    CapacityDay(String region, LocalDate day, int slots) {
        this.region = region;
        this.day = day;
        this.slots = slots;
    }

    Key key() {
        return new Key(region, day);
    }

    /** An ISO 3166-1 country code. */
    public String region() {
        return region;
    }

    public LocalDate day() {
        return day;
    }

    /** The number of shipments that can be booked. */
    public int slots() {
        return slots;
    }

    /** The number of booked shipments. */
    public int booked() {
        return booked;
    }

    boolean hasFreeSlot() {
        return booked < slots;
    }

    /** @throws IllegalStateException if the day is full */
    void book() {
        if (!hasFreeSlot()) {
            throw new IllegalStateException("all %d slots of %s on %s are booked".formatted(slots, region, day));
        }
        booked++;
    }

    /** @throws IllegalStateException if nothing is booked */
    void release() {
        if (booked == 0) {
            throw new IllegalStateException("no slot of %s on %s is booked".formatted(region, day));
        }
        booked--;
    }
}
