package io.orderly.shipping.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.orderly.kit.testing.RepositorySlice;
import java.time.LocalDate;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;

class CapacityDaysIntegrationTest extends RepositorySlice {

    private static final LocalDate MONDAY = LocalDate.of(2026, 11, 23);
    private static final LocalDate TUESDAY = MONDAY.plusDays(1);
    private static final LocalDate WEDNESDAY = MONDAY.plusDays(2);

    @Autowired
    CapacityDays days;

    @Test
    void openedDaysHaveNoBookings() {
        assertThat(open("AT", 3, MONDAY, TUESDAY)).isEqualTo(2);

        assertThat(days.findByRegionAndDayBetween("AT", MONDAY, WEDNESDAY)).allSatisfy(day -> {
            assertThat(day.region()).isEqualTo("AT");
            assertThat(day.slots()).isEqualTo(3);
            assertThat(day.booked()).isZero();
        });
    }

    @Test
    void openingADayAgainChangesNothing() {
        open("AT", 3, MONDAY);

        assertThat(open("AT", 5, MONDAY, TUESDAY)).isEqualTo(1);

        assertThat(days.findByRegionAndDayBetween("AT", MONDAY, MONDAY))
                .extracting(CapacityDay::slots)
                .containsExactly(3);
    }

    @Test
    void daysAreLockedInTheOrderOfRegionAndDay() {
        open("BE", 1, TUESDAY, MONDAY);
        open("AT", 1, WEDNESDAY, TUESDAY, MONDAY);
        open("CH", 1, MONDAY);

        assertThat(days.lock(new String[] {"BE", "AT"}, MONDAY, TUESDAY))
                .extracting(CapacityDay::key)
                .containsExactly(key("AT", MONDAY), key("AT", TUESDAY), key("BE", MONDAY), key("BE", TUESDAY));
    }

    @Test
    void aBookingIsStored() {
        open("AT", 2, MONDAY);

        lockMonday().book();
        flushAndClear();
        assertThat(lockMonday().booked()).isEqualTo(1);

        lockMonday().release();
        flushAndClear();
        assertThat(lockMonday().booked()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"booked = slots + 1", "booked = -1"})
    void theDatabaseRejectsAnInvalidNumberOfBookings(String change) {
        open("AT", 2, MONDAY);

        assertThatExceptionOfType(DataIntegrityViolationException.class)
                .isThrownBy(() -> jdbc.sql("update capacity set " + change).update());
    }

    private int open(String region, int slots, LocalDate... dates) {
        return days.open(
                Collections.nCopies(dates.length, region).toArray(String[]::new),
                dates,
                Collections.nCopies(dates.length, slots).toArray(Integer[]::new));
    }

    private CapacityDay lockMonday() {
        return days.lock(new String[] {"AT"}, MONDAY, MONDAY).getFirst();
    }

    private static CapacityDay.Key key(String region, LocalDate day) {
        return new CapacityDay.Key(region, day);
    }
}
