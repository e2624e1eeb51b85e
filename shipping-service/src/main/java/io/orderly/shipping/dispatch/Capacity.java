package io.orderly.shipping.dispatch;

import io.orderly.kit.unitofwork.UnitOfWork;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The capacity of all days. Each method takes many and is one statement. */
@Repository
class Capacity {

    private final JdbcClient jdbc;
    private final UnitOfWork unitOfWork;

    /** Days that were there already when this instance wanted to open them; they never cease to be. */
    private final Set<CapacityDay.Key> opened = ConcurrentHashMap.newKeySet();

    Capacity(JdbcClient jdbc, UnitOfWork unitOfWork) {
        this.jdbc = jdbc;
        this.unitOfWork = unitOfWork;
    }

    /**
     * Sees to it that these days exist; one that does stays as it is. To be called before anything is locked: that, and the
     * order of the rows, is why no two transactions wait for each other.
     *
     * @param days with their slots, nothing booked
     */
    void open(Collection<CapacityDay> days) {
        List<CapacityDay> unknown =
                days.stream().filter(day -> !opened.contains(day.key())).toList();
        if (!unknown.isEmpty()) {
            Set<CapacityDay.Key> inserted = insert(unknown);
            // what is inserted here may still be taken back, also after it was prepared; the others are committed
            unknown.stream()
                    .map(CapacityDay::key)
                    .filter(key -> !inserted.contains(key))
                    .forEach(opened::add);
        }
    }

    /** @return those that were not there */
    private Set<CapacityDay.Key> insert(List<CapacityDay> days) {
        return jdbc
                .sql("""
                        insert into capacity (region, day, slots)
                        select * from unnest(?::text[], ?::date[], ?::int[]) as opened (region, day, slots)
                        order by region collate "C", day
                        on conflict do nothing
                        returning region, day, slots, booked""")
                .param(regions(days.stream().map(CapacityDay::key)))
                .param(dates(days.stream().map(CapacityDay::key)))
                .param(days.stream().map(CapacityDay::slots).toArray(Integer[]::new))
                .query(Capacity::day)
                .list()
                .stream()
                .map(CapacityDay::key)
                .collect(Collectors.toSet());
    }

    /**
     * Locks and returns days until the transaction ends, in the order of region and day, which is the same for everybody.
     *
     * <p>Each day is looked up and locked by itself. Were it one join of days and keys, then whoever had to wait for a lock
     * would have the join done again on the new version of that row, and PostgreSQL may find it no match any more.
     */
    List<CapacityDay> lock(Collection<CapacityDay.Key> keys) {
        List<CapacityDay.Key> sorted = keys.stream()
                .distinct()
                .sorted(Comparator.comparing(CapacityDay.Key::region).thenComparing(CapacityDay.Key::day))
                .toList();
        return select(sorted, """
                        select locked.* from unnest(?::text[], ?::date[]) as wanted (region, day),
                        lateral (select region, day, slots, booked from capacity
                                 where capacity.region = wanted.region and capacity.day = wanted.day
                                 for no key update) as locked""");
    }

    private List<CapacityDay> select(Collection<CapacityDay.Key> keys, String sql) {
        if (keys.isEmpty()) {
            return List.of();
        }
        return jdbc.sql(sql)
                .param(regions(keys.stream()))
                .param(dates(keys.stream()))
                .query(Capacity::day)
                .list();
    }

    /** Stores what is booked on days that were locked before, at the commit. */
    void update(List<CapacityDay> days) {
        if (days.isEmpty()) {
            return;
        }
        unitOfWork.write(
                """
                update capacity set booked = changed.booked
                from unnest(?::text[], ?::date[], ?::int[]) as changed (region, day, booked)
                where capacity.region = changed.region and capacity.day = changed.day""",
                regions(days.stream().map(CapacityDay::key)),
                dates(days.stream().map(CapacityDay::key)),
                days.stream().map(CapacityDay::booked).toArray(Integer[]::new));
    }

    /** Those of the days that were opened. */
    List<CapacityDay> find(Collection<CapacityDay.Key> keys) {
        return select(keys, """
                        select region, day, slots, booked from capacity
                        where (region, day) in (select * from unnest(?::text[], ?::date[]))
                        order by region, day""");
    }

    private static String[] regions(Stream<CapacityDay.Key> keys) {
        return keys.map(CapacityDay.Key::region).toArray(String[]::new);
    }

    private static String[] dates(Stream<CapacityDay.Key> keys) {
        return keys.map(key -> key.day().toString()).toArray(String[]::new);
    }

    private static CapacityDay day(ResultSet row, int number) throws SQLException {
        return new CapacityDay(
                row.getString("region"),
                row.getObject("day", LocalDate.class),
                row.getInt("slots"),
                row.getInt("booked"));
    }
}
