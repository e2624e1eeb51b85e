package io.orderly.shipping.dispatch;

import java.time.LocalDate;

/**
 * What leaves for one region on one day.
 *
 * @param slots how many parcels may leave
 * @param booked how many will
 */
public record CapacityDay(String region, LocalDate day, int slots, int booked) {

    record Key(String region, LocalDate day) {}

    /** @throws IllegalArgumentException if more is booked than there are slots, or less than nothing */
    public CapacityDay {
        if (booked < 0 || booked > slots) {
            throw new IllegalArgumentException(
                    "%d of %d slots booked for %s on %s".formatted(booked, slots, region, day));
        }
    }

    Key key() {
        return new Key(region, day);
    }

    boolean hasRoom() {
        return booked < slots;
    }

    CapacityDay book() {
        return new CapacityDay(region, day, slots, booked + 1);
    }

    CapacityDay giveBack() {
        return new CapacityDay(region, day, slots, booked - 1);
    }
}
