package io.orderly.lab.evidence;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Transactions of all databases of a server that are prepared and neither committed nor rolled back, at a moment.
 *
 * @param oldestSeconds the age of the oldest; 0 if there is none
 * @param locks that they hold
 */
public record InDoubtTransactions(int transactions, double oldestSeconds, long locks) {

    // the locks of prepared transactions belong to no process
    private static final String QUERY = """
            select (select count(*) from pg_prepared_xacts) as transactions,
                   (select coalesce(extract(epoch from clock_timestamp() - min(prepared)), 0) from pg_prepared_xacts) as oldest,
                   (select count(*) from pg_locks where pid is null) as locks""";

    static InDoubtTransactions read(JdbcClient jdbc) {
        return jdbc.sql(QUERY)
                .query((row, _) -> new InDoubtTransactions(
                        row.getInt("transactions"), row.getDouble("oldest"), row.getLong("locks")))
                .single();
    }
}
