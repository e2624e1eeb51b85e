package io.orderly.shipping.dispatch;

import jakarta.persistence.LockModeType;
import java.time.LocalDate;
import java.util.List;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The open days of all regions. */
interface CapacityDays extends Repository<CapacityDay, CapacityDay.Key> {

    /**
     * Opens days without bookings; days that are already open do not change. The arrays have one element per day.
     *
     * <p>Uses SQL because several instances open the same days at midnight: {@code persist} would fail for all but one
     * of them, and a preceding query does not see a day that another transaction has not committed yet.
     *
     * @return the number of days that were not open before
     */
    @Modifying
    @Query(nativeQuery = true, value = """
                    insert into capacity (region, day, slots)
                    select * from unnest(:regions, :days, :slots) as opened (region, day, slots)
                    order by region collate "C", day
                    on conflict do nothing""")
    int open(String[] regions, LocalDate[] days, Integer[] slots);

    /**
     * Locks the open days of some regions until the transaction ends. All transactions lock in the order of region and
     * day, so that they do not deadlock.
     *
     * @param last inclusive
     */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("""
            select open from CapacityDay open where any_of(:regions, open.region) and open.day between :first and :last
             order by open.region, open.day""")
    List<CapacityDay> lock(String[] regions, LocalDate first, LocalDate last);

    /**
     * The open days of a region, in no particular order.
     *
     * @param last inclusive
     */
    List<CapacityDay> findByRegionAndDayBetween(String region, LocalDate first, LocalDate last);
}
