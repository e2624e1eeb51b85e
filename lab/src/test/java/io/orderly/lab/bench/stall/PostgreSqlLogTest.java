package io.orderly.lab.bench.stall;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PostgreSqlLogTest {

    private static final String CHECKPOINT =
            "2026-11-29 11:04:04.597 UTC [30114] LOG:  checkpoint complete: wrote 7947 buffers (48.5%), wrote 5 SLRU buffers; "
                    + "0 WAL file(s) added, 0 removed, 33 recycled; write=50.631 s, sync=0.656 s, total=51.583 s; sync files=141, "
                    + "longest=0.130 s, average=0.005 s; distance=541036 kB, estimate=541036 kB; lsn=0/610E9470, redo lsn=0/4306B030";

    private static final String VACUUM = """
            2026-11-29 11:05:01.500 UTC [123] LOG:  automatic vacuum of table "orders.public.sagas": index scans: 1
            \tpages: 0 removed, 3524 remain, 1200 scanned (34.05% of total), 0 eagerly scanned
            \ttuples: 900 removed, 88013 remain, 0 are dead but not yet removable
            \tsystem usage: CPU: user: 0.02 s, system: 0.01 s, elapsed: 0.25 s
            2026-11-29 11:05:02.500 UTC [123] LOG:  automatic analyze of table "orders.public.orders"
            \tsystem usage: CPU: user: 0.02 s, system: 0.01 s, elapsed: 0.50 s""";

    @Test
    void readsBothPartsOfACheckpoint() {
        assertThat(PostgreSqlLog.occurrences(Stream.of(CHECKPOINT)))
                .containsExactly(
                        new Occurrence(
                                "PostgreSQL: checkpoint writes",
                                Instant.parse("2026-11-29T11:03:13.014Z"),
                                Instant.parse("2026-11-29T11:04:03.645Z")),
                        new Occurrence(
                                "PostgreSQL: checkpoint syncs files",
                                Instant.parse("2026-11-29T11:04:03.645Z"),
                                Instant.parse("2026-11-29T11:04:04.597Z")));
    }

    @Test
    void readsAutomaticVacuumsAndAnalyses() {
        assertThat(PostgreSqlLog.occurrences(VACUUM.lines()))
                .containsExactly(
                        new Occurrence(
                                "PostgreSQL: autovacuum, vacuum of orders.public.sagas",
                                Instant.parse("2026-11-29T11:05:01.250Z"),
                                Instant.parse("2026-11-29T11:05:01.500Z")),
                        new Occurrence(
                                "PostgreSQL: autovacuum, analyze of orders.public.orders",
                                Instant.parse("2026-11-29T11:05:02Z"),
                                Instant.parse("2026-11-29T11:05:02.500Z")));
    }

    @Test
    void ignoresOtherEntries() {
        Stream<String> lines = Stream.of(
                "",
                "garbage",
                "2026-11-29 11:03:13.017 UTC [30114] LOG:  checkpoint starting: wal",
                "2026-11-29 11:03:13.017 UTC [7] ERROR:  checkpoint complete: write=1.0 s, sync=1.0 s, total=2.0 s;",
                "\tsystem usage: CPU: user: 0.02 s, system: 0.01 s, elapsed: 0.50 s");

        assertThat(PostgreSqlLog.occurrences(lines)).isEmpty();
    }

    @Test
    void anIncompleteEntryIsNotMergedWithTheNextEntry() {
        Stream<String> lines = Stream.of(
                VACUUM.lines().findFirst().orElseThrow(),
                "2026-11-29 11:05:02.000 UTC [9] LOG:  something else",
                "\tsystem usage: CPU: user: 0.02 s, system: 0.01 s, elapsed: 0.50 s");

        assertThat(PostgreSqlLog.occurrences(lines)).isEmpty();
    }
}
