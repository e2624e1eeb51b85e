package io.orderly.shipping.dispatch;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.LocalDate;

/**
 * The parcels that leave for one region on one day. Changes are made under the lock of {@link CapacityDays#lock}.
 *
 * <p>Invariant: as many parcels are booked as there are scheduled shipments on the day, and no more than it has slots.
 */
@Entity
@Table(name = "capacity")
@IdClass(CapacityDay.Key.class)
public class CapacityDay {

    /** Names a day of a region. */
    public record Key(String region, LocalDate day) {}

    @Id
    private String region;

    @Id
    private LocalDate day;

    @Column(updatable = false)
    private int slots;

    private int booked;

    protected CapacityDay() {}

    /** A day on which nothing is booked. */
    CapacityDay(String region, LocalDate day, int slots) {
        this.region = region;
        this.day = day;
        this.slots = slots;
    }

    Key key() {
        return new Key(region, day);
    }

    /** The ISO 3166-1 code of a country. */
    public String region() {
        return region;
    }

    public LocalDate day() {
        return day;
    }

    /** How many parcels may leave. */
    public int slots() {
        return slots;
    }

    /** How many parcels will leave. */
    public int booked() {
        return booked;
    }

    boolean hasRoom() {
        return booked < slots;
    }

    /** @throws IllegalStateException if the day is full */
    void book() {
        if (!hasRoom()) {
            throw new IllegalStateException("all %d slots for %s on %s are booked".formatted(slots, region, day));
        }
        booked++;
    }

    /** @throws IllegalStateException if nothing is booked */
    void giveBack() {
        if (booked == 0) {
            throw new IllegalStateException("no slot for %s on %s is booked".formatted(region, day));
        }
        booked--;
    }
}
